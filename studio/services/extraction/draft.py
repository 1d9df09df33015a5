"""What has been gathered so far: entities under construction with votes for their kind, values, relations, seeds."""

from __future__ import annotations

from dataclasses import dataclass, field

from studio.services.extraction.names import key_of, without_article

Span = tuple[int, int]
SURE = 0.9
"""The votes from which a kind is taken as known while the text is still being walked."""


@dataclass
class Val:
    """One value with the source range that supports it and the rule that found it."""

    value: str
    span: Span
    rule: str
    basis: str = "quoted"
    struct: bool = False


@dataclass
class Ent:
    """One entity in the making."""

    name: str
    span: Span
    order: int
    votes: dict[str, float] = field(default_factory=dict)
    why: dict[str, int] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    mentions: set[Span] = field(default_factory=set)
    fields: dict[str, list[Val]] = field(default_factory=dict)
    known: str = ""
    structural: bool = False
    listed: bool = False
    parent: Ent | None = None
    heads: set[str] = field(default_factory=set)
    pronoun: str = ""
    gender: str = ""
    fixed: str = ""
    into: Ent | None = None

    @property
    def final(self) -> Ent:
        """The entity that this one became part of, or itself."""
        ent = self
        while ent.into is not None:
            ent = ent.into
        return ent

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other

    @property
    def kind(self) -> str:
        """The kind with the most votes, or ''."""
        if self.fixed:
            return self.fixed
        if not self.votes:
            return ""
        best = max(self.votes.items(), key=lambda kv: kv[1])
        return best[0] if best[1] > 0 else ""

    @property
    def sure(self) -> bool:
        """Whether enough speaks for the kind to read labels by it."""
        return bool(self.fixed) or max(self.votes.values(), default=0.0) >= SURE

    def vote(self, kind: str, weight: float, why: str) -> None:
        """Evidence that this is of a kind; `species` counts as a person."""
        kind = "npc" if kind == "species" else kind
        if kind:
            self.votes[kind] = self.votes.get(kind, 0.0) + weight
        self.why[why] = self.why.get(why, 0) + 1

    def alias(self, name: str) -> None:
        """Another name, unless it says nothing new."""
        name = name.strip(" ,.;:")
        k = key_of(name)
        if k and k != key_of(self.name):
            self.aliases.setdefault(k, name)


@dataclass
class Rel:
    """One relation in the making."""

    type: str
    a: Ent
    b: Ent
    span: Span
    rule: str


SINGLE = frozenset({"pronouns", "age", "species"})


@dataclass
class Draft:
    """Everything gathered from one text."""

    text: str
    ents: dict[str, Ent] = field(default_factory=dict)
    rels: dict[tuple[str, int, int], Rel] = field(default_factory=dict)
    blueprint: dict[str, list[Val]] = field(default_factory=dict)
    seeds: list[dict[str, list[Val]]] = field(default_factory=list)
    rejected: list[Span] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def entity(self, name: str, span: Span, *, kind: str = "", weight: float = 0.0, why: str = "name") -> Ent | None:
        """The entity of this name, made if new; None when the name is empty or was rejected there."""
        name = " ".join(name.strip(" \t\n:;,.–—-*_#|").split())
        k = key_of(name)
        if not k or self.is_rejected(span):
            return None
        ent = self.ents.get(k)
        if ent is None:
            ent = self.ents[k] = Ent(name, span, len(self.ents))
        ent.mentions.add(span)
        ent.vote(kind, weight, why)
        return ent

    def is_rejected(self, span: Span) -> bool:
        """Whether the text takes this range back."""
        return any(a < span[1] and span[0] < b for a, b in self.rejected)

    def add(self, ent: Ent, name: str, value: str, span: Span, rule: str, *, struct: bool = False) -> None:
        """A value for a field of an entity."""
        value = tidy(value)
        if not value or self.is_rejected(span):
            return
        vals = ent.fields.setdefault(name, [])
        k = key_of(value)
        if any(key_of(v.value) == k for v in vals) or (name in SINGLE and vals) or len(vals) >= 8:
            return
        vals.append(Val(value, span, rule, struct=struct))

    def relate(self, type_: str, a: Ent | None, b: Ent | None, span: Span, rule: str) -> None:
        """A relation between two entities; the first finding of it stays."""
        if a is None or b is None or a is b or self.is_rejected(span):
            return
        self.rels.setdefault((type_, id(a), id(b)), Rel(type_, a, b, span, rule))

    def plan(self, name: str, value: str, span: Span, rule: str) -> None:
        """A value for a blueprint field."""
        value = tidy(value)
        vals = self.blueprint.setdefault(name, [])
        if value and not self.is_rejected(span) and all(key_of(v.value) != key_of(value) for v in vals):
            vals.append(Val(value, span, rule))
        if not vals:
            del self.blueprint[name]

    def merge(self, keep: Ent, drop: Ent) -> None:
        """Fold one entity into another."""
        if keep is drop:
            return
        for kind, weight in drop.votes.items():
            keep.votes[kind] = keep.votes.get(kind, 0.0) + weight
        for why, n in drop.why.items():
            keep.why[why] = keep.why.get(why, 0) + n
        keep.mentions |= drop.mentions
        keep.heads |= drop.heads
        keep.structural |= drop.structural
        keep.fixed = keep.fixed or drop.fixed
        keep.alias(drop.name)
        for alias in drop.aliases.values():
            keep.alias(alias)
        for name, vals in drop.fields.items():
            for v in vals:
                self.add(keep, name, v.value, v.span, v.rule, struct=v.struct)
        for (t, _, _), rel in list(self.rels.items()):
            if drop in (rel.a, rel.b):
                del self.rels[t, id(rel.a), id(rel.b)]
                self.relate(t, keep if rel.a is drop else rel.a, keep if rel.b is drop else rel.b, rel.span, rel.rule)
        self.ents.pop(key_of(drop.name), None)
        keep.parent = keep.parent or drop.parent
        drop.into = keep


def tidy(value: str) -> str:
    """A value as it is shown: one line, no loose punctuation or quotes around it."""
    value = " ".join(value.split()).strip(" ,;:–—-|+•·")
    if value.endswith(".") and not value.endswith(("..", "Dr.", "ft.", "etc.")):
        value = value[:-1].rstrip()
    value = value.replace("« ", "«").replace(" »", "»")
    for a, b in (('"', '"'), ("«", "»"), ("'", "'"), ("„", '"')):
        if len(value) > 2 and value.startswith(a) and value.endswith(b) and value.count(a) <= 2:
            value = value[1:-1].strip()
    if value.count("(") != value.count(")"):
        value = value.strip("()").strip()
    return "" if value.lower() in EMPTY else value


EMPTY = frozenset(
    {
        "",
        "-",
        "–",
        "—",
        "n/a",
        "none",
        "null",
        "~",
        "tbd",
        "?",
        "unknown",
        "keine",
        "ninguno",
        "ninguna",
        "aucun",
        "aucune",
        "nenhum",
        "nenhuma",
        "...",
        "…",
    }
)

__all__ = ["Draft", "Ent", "Rel", "Span", "Val", "tidy", "without_article"]
