"""Version 2: time and audiences become columns that queries can use."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from peewee import SqliteDatabase

_STATEMENTS = (
    *(
        f'ALTER TABLE "{table}" ADD COLUMN "{column}" INTEGER'
        for table in ("entity", "relation", "claim", "entry")
        for column in ("lo", "hi")
    ),
    'DROP TABLE "name"',
    'CREATE TABLE "name" ("record" TEXT NOT NULL, "fold" TEXT NOT NULL, "text" TEXT NOT NULL,'
    ' "is_alias" INTEGER NOT NULL, "visibility" TEXT NOT NULL, PRIMARY KEY ("fold", "record", "text")) WITHOUT ROWID',
    'CREATE INDEX "namerow_record" ON "name" ("record")',
    'DROP TABLE "mention"',
    'CREATE TABLE "mention" ("source" TEXT NOT NULL, "fold" TEXT NOT NULL, "secret" INTEGER NOT NULL,'
    ' PRIMARY KEY ("source", "fold")) WITHOUT ROWID',
    'CREATE INDEX "mentionrow_fold" ON "mention" ("fold")',
    'CREATE TABLE "moment" ("record" TEXT NOT NULL, "path" TEXT NOT NULL, "lo" INTEGER, "hi" INTEGER,'
    ' PRIMARY KEY ("record", "path")) WITHOUT ROWID',
    'CREATE INDEX "momentrow_lo" ON "moment" ("lo")',
)


def step(db: SqliteDatabase) -> None:
    """New columns and tables, empty: what is derived is made anew once all steps have run."""
    for statement in _STATEMENTS:
        db.execute_sql(statement)
