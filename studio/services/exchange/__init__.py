"""Bringing outside files in and taking the project out, one module for each format."""

from studio.services.exchange.exporting import EXPORTS, export_project
from studio.services.exchange.importing import (
    ImportedMessages,
    Incoming,
    import_as_messages,
    import_files,
    import_parsed,
    import_paths,
    import_read,
    read_paths,
    remap,
)
from studio.services.exchange.material import WordMap
from studio.services.exchange.staging import Reason, Report, Told, ToldField

__all__ = [
    "EXPORTS",
    "ImportedMessages",
    "Incoming",
    "Reason",
    "Report",
    "Told",
    "ToldField",
    "WordMap",
    "export_project",
    "import_as_messages",
    "import_files",
    "import_parsed",
    "import_paths",
    "import_read",
    "read_paths",
    "remap",
]
