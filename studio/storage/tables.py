"""The tables of a project file. They are left unbound: every use binds them to the open file's own database."""

from __future__ import annotations

from peewee import BlobField, CompositeKey, IntegerField, Model, TextField

JSON_TEXT = TextField


class Row(Model):
    """Columns that every record table has; `data` is the whole record as JSON, the rest is what queries filter by."""

    id = TextField(primary_key=True)
    kind = TextField()
    rev = IntegerField()
    status = TextField()
    visibility = TextField()
    updated_at = TextField()
    deleted_at = TextField(null=True)
    data = JSON_TEXT()


class EntityRow(Row):
    """Entities of every kind. `lo` and `hi` are the first and last absolute day of its existence: derived."""

    name = TextField()
    fold = TextField()
    parent = TextField(null=True)
    lo = IntegerField(null=True)
    hi = IntegerField(null=True)

    class Meta:
        table_name = "entity"
        without_rowid = True
        indexes = ((("kind", "fold", "name", "status", "deleted_at"), False), (("parent",), False))


class RelationRow(Row):
    """Relations; one row per fact. It holds from day `lo` to day `hi`, as far as its dates say: derived."""

    from_id = TextField(index=True)
    type = TextField()
    to_id = TextField(index=True)
    lo = IntegerField(null=True)
    hi = IntegerField(null=True)

    class Meta:
        table_name = "relation"
        without_rowid = True


class ClaimRow(Row):
    """Claims about entities. `lo` and `hi` as with relations."""

    subject_id = TextField(index=True)
    predicate = TextField()
    object_id = TextField(null=True, index=True)
    lo = IntegerField(null=True)
    hi = IntegerField(null=True)

    class Meta:
        table_name = "claim"
        without_rowid = True


class EntryRow(Row):
    """Notes, logs, handouts, sessions. `lo` and `hi` are the days that their in-world date may mean: derived."""

    name = TextField()
    mode = TextField()
    lo = IntegerField(null=True)
    hi = IntegerField(null=True)

    class Meta:
        table_name = "entry"
        without_rowid = True


class ThreadRow(Row):
    """Chat threads."""

    name = TextField()
    folder = TextField()

    class Meta:
        table_name = "thread"
        without_rowid = True


class MessageRow(Row):
    """Chat messages, one row each."""

    thread_id = TextField()
    parent_id = TextField(null=True, index=True)
    role = TextField()

    class Meta:
        table_name = "message"
        without_rowid = True
        indexes = ((("thread_id", "id"), False),)


class DocumentRow(Row):
    """Everything that is read one at a time: blueprints, recipes and their versions, artifacts, modes, calendars."""

    name = TextField()
    owner_id = TextField(null=True, index=True)

    class Meta:
        table_name = "document"
        without_rowid = True
        indexes = ((("kind", "name"), False),)


class CommitRow(Model):
    """The log. `undo_top`, `redo_top` are the heads of both stacks after this commit, `below` is the next one down."""

    seq = IntegerField(primary_key=True)
    id = TextField(unique=True)
    parent = TextField(null=True)
    at = TextField()
    time = TextField()
    author = TextField()
    device = TextField()
    verb = TextField()
    message = TextField()
    step = TextField()
    reverts = TextField(null=True)
    below = IntegerField(null=True)
    undo_top = IntegerField(null=True)
    redo_top = IntegerField(null=True)
    hash = TextField()

    class Meta:
        table_name = "commit_log"


class ChangeRow(Model):
    """What a commit made of one record; what it was before is what the change before it made. Long JSON is deflated."""

    seq = IntegerField()
    n = IntegerField()
    record = TextField()
    kind = TextField()
    after = BlobField(null=True)

    class Meta:
        table_name = "change"
        primary_key = CompositeKey("seq", "n")
        without_rowid = True
        indexes = ((("record", "seq"), False),)


class AuditRow(Model):
    """Who did what and when: one row for each commit, and for each act that changes no record, such as an export."""

    id = TextField(primary_key=True)
    time = TextField()
    author = TextField()
    device = TextField()
    action = TextField()
    subject = TextField()
    detail = JSON_TEXT()
    commit_id = TextField(null=True)

    class Meta:
        table_name = "audit"


class ScratchRow(Model):
    """Text that isn't a record yet: drafts, and the answer that is streaming now."""

    key = TextField(primary_key=True)
    text = TextField()
    updated_at = TextField()

    class Meta:
        table_name = "scratch"


class BlobRow(Model):
    """Attachments by the SHA-256 of their bytes."""

    hash = TextField(primary_key=True)
    media_type = TextField()
    size = IntegerField()
    bytes = BlobField()

    class Meta:
        table_name = "blob"


class NameRow(Model):
    """Every name and alias of every live entity, folded, and who may know it: derived."""

    record = TextField()
    fold = TextField()
    text = TextField()
    is_alias = IntegerField()
    visibility = TextField()

    class Meta:
        table_name = "name"
        primary_key = CompositeKey("fold", "record", "text")
        without_rowid = True
        indexes = ((("record",), False),)


class MentionRow(Model):
    """`[[links]]` in texts, by the folded name that they point to; `secret`: in secret blocks only. Derived."""

    source = TextField()
    fold = TextField(index=True)
    secret = IntegerField()

    class Meta:
        table_name = "mention"
        primary_key = CompositeKey("source", "fold")
        without_rowid = True


class TagRow(Model):
    """Tags of live records: derived."""

    tag = TextField()
    record = TextField(index=True)

    class Meta:
        table_name = "tag"
        primary_key = CompositeKey("tag", "record")
        without_rowid = True


class MomentRow(Model):
    """The dates of live records in absolute days: of what (`path`), and the first and last day it may mean: derived."""

    record = TextField()
    path = TextField()
    lo = IntegerField(null=True, index=True)
    hi = IntegerField(null=True)

    class Meta:
        table_name = "moment"
        primary_key = CompositeKey("record", "path")
        without_rowid = True


TABLES: tuple[type[Model], ...] = (
    EntityRow, RelationRow, ClaimRow, EntryRow, ThreadRow, MessageRow, DocumentRow, CommitRow, ChangeRow, AuditRow,
    ScratchRow, BlobRow, NameRow, MentionRow, TagRow,
    MomentRow,
)  # fmt: skip

FTS_SQL = (
    "CREATE TABLE IF NOT EXISTS fts_doc (docid INTEGER PRIMARY KEY, record TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,"
    " visibility TEXT NOT NULL)",
    "CREATE VIRTUAL TABLE IF NOT EXISTS fts USING fts5(title, body, secret, prefix='2 3',"
    ' tokenize="unicode61 remove_diacritics 2")',
)
