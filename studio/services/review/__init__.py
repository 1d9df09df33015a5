"""From an answer to saved records: artifacts are stored, reviewed, and applied in one undoable change."""

from studio.services.review.apply import apply
from studio.services.review.artifacts import artifact_of, store_artifact
from studio.services.review.paste import extract_text, paste_and_apply

__all__ = ["apply", "artifact_of", "extract_text", "paste_and_apply", "store_artifact"]
