"""Bringing outside files in and taking the project out, one module for each format."""

from studio.services.exchange.clipping import read_clipping
from studio.services.exchange.exporting import (
    DOCUMENT_FORMATS,
    EXPORTS,
    Exported,
    export_project,
    gather_document,
    noted,
    write_document,
)
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
from studio.services.exchange.publishing.catalogue import DEFAULT_DOCUMENT, DOCUMENTS
from studio.services.exchange.staging import Reason, Report, Told, ToldField

__all__ = [
    "DEFAULT_DOCUMENT",
    "DOCUMENTS",
    "DOCUMENT_FORMATS",
    "EXPORTS",
    "Exported",
    "ImportedMessages",
    "Incoming",
    "Reason",
    "Report",
    "Told",
    "ToldField",
    "WordMap",
    "export_project",
    "gather_document",
    "import_as_messages",
    "import_files",
    "import_parsed",
    "import_paths",
    "import_read",
    "noted",
    "read_clipping",
    "read_paths",
    "remap",
    "write_document",
]
