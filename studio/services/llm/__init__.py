"""Language models: the gateway, who can be called, and what it costs."""

from studio.services.llm.gateway import Gateway, ModelStream

__all__ = ["Gateway", "ModelStream"]
