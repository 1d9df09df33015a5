"""The review: what an answer would save, shown beside it, corrected by hand, saved in one change."""

from studio.ui.review.panel import ReviewPanel

__all__ = ["ReviewPanel"]
