"""Language models: the gateway, who can be called, and what it costs. Nothing here is imported before first paint's end."""

from studio.services.llm.gateway import Gateway, ModelStream

__all__ = ["Gateway", "ModelStream"]
