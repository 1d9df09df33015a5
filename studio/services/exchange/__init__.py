"""Bringing outside files in and taking the project out, one module for each format."""

from studio.services.exchange.exporting import EXPORTS, export_project
from studio.services.exchange.importing import (
    ImportedMessages,
    import_as_messages,
    import_files,
    import_parsed,
    import_paths,
)
from studio.services.exchange.staging import Reason, Report

__all__ = [
    "EXPORTS",
    "ImportedMessages",
    "Reason",
    "Report",
    "export_project",
    "import_as_messages",
    "import_files",
    "import_parsed",
    "import_paths",
]
