"""The canon queue: drafts on their way to canon, looked at one by one with single keys."""

from studio.ui.queue.panel import QueuePanel

__all__ = ["QueuePanel"]
