"""Rules data of the fifth edition: of 5e-bits, of Open5e, and homebrew in the shape of 5etools."""

from studio.services.exchange.rules5e.reader import claims, read

__all__ = ["claims", "read"]
