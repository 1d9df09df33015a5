"""What a project holds apart from its stamps: for comparing states."""

import json
from typing import Any

from studio.domain.record import STAMPS
from studio.storage.project import Project


def content(project: Project) -> dict[str, Any]:
    """Everything that a person could tell apart: records without stamps, and what is derived from them."""
    found: dict[str, Any] = {}
    for table in ("entity", "relation", "claim", "entry"):
        for (text,) in project.sql.execute(f"SELECT data FROM {table}"):
            data = json.loads(text)
            found[data["id"]] = {k: v for k, v in data.items() if k not in STAMPS}
    for (text,) in project.sql.execute("SELECT data FROM document WHERE kind = 'calendar'"):
        data = json.loads(text)
        found[data["id"]] = {k: v for k, v in data.items() if k not in STAMPS}
    for table in ("name", "mention", "tag"):
        found[table] = sorted(project.sql.execute(f"SELECT * FROM {table}").fetchall())
    rows = project.sql.execute(
        "SELECT d.record, f.title, f.body, f.secret FROM fts f JOIN fts_doc d ON d.docid = f.rowid ORDER BY 1"
    )
    found["fts"] = [(record, *(sorted(text.split()) for text in texts)) for record, *texts in rows]
    return found
