"""The tables of an index as LanceDB keeps them: their columns, their names, and rows turned into them."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import pyarrow as pa

    from studio.engine.protocol import IndexRow


def table_name(embedder: str) -> str:
    """The table of an embedder's vectors: its id, readable as far as a table's name allows."""
    plain = re.sub(r"[^a-z0-9]+", "_", embedder.lower())[:40]
    return f"v_{plain}_{hashlib.sha256(embedder.encode()).hexdigest()[:8]}"


def _columns() -> list[Any]:
    import pyarrow as pa

    return [
        ("id", pa.string()), ("record", pa.string()), ("kind", pa.string()), ("status", pa.string()),
        ("visibility", pa.string()), ("lo", pa.int64()), ("hi", pa.int64()), ("tags", pa.list_(pa.string())),
        ("thread", pa.string()), ("text_hash", pa.string()),
    ]  # fmt: skip


def texts_schema() -> pa.Schema:
    """Of the texts."""
    import pyarrow as pa

    return pa.schema([*_columns(), ("hash", pa.string()), ("body", pa.string()), ("meaning", pa.string())])


def vectors_schema(dim: int) -> pa.Schema:
    """Of one embedder's vectors."""
    import pyarrow as pa

    return pa.schema([*_columns(), ("vector", pa.list_(pa.float32(), dim))])


def _values(row: Any, names: Sequence[str]) -> dict[str, Any]:
    found = {name: row[name] if isinstance(row, dict) else getattr(row, name) for name in names}
    return {**found, "tags": list(found["tags"])}


def texts_table(rows: Sequence[IndexRow]) -> pa.Table:
    """Chunks as rows of the texts."""
    import pyarrow as pa

    names = [*(name for name, _ in _columns()), "hash", "meaning"]
    return pa.Table.from_pylist([{**_values(row, names), "body": row.text} for row in rows], schema=texts_schema())


def vectors_table(rows: Sequence[Any], vectors: Sequence[np.ndarray], dim: int) -> pa.Table:
    """Chunks, or rows of the texts, with what was made of them."""
    import numpy as np
    import pyarrow as pa

    names = [name for name, _ in _columns()]
    plain = pa.Table.from_pylist([_values(row, names) for row in rows], schema=pa.schema(_columns()))
    flat = pa.array(np.concatenate(vectors).astype(np.float32))
    return plain.append_column(vectors_schema(dim).field("vector"), pa.FixedSizeListArray.from_arrays(flat, dim))
