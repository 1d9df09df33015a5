"""Turns the draft into the candidates that are shown: survivors only, with operation, match and confidence."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from studio.domain.candidate import (
    BlueprintCandidate,
    Candidate,
    EntityCandidate,
    FieldCandidate,
    RecipeCandidate,
    RelationCandidate,
)
from studio.domain.vocabulary import KINDS
from studio.services.extraction.confidence import confidence, entity_confidence, field_confidence
from studio.services.extraction.names import key_of

if TYPE_CHECKING:
    from studio.services.extraction.draft import Draft, Ent, Rel, Val
    from studio.services.extraction.match import Matcher

_SEED_ORDER = ("subject", "use_case", "style", "mood", "lighting", "composition", "palette", "negative")

_DECENT = 0.5
_BOTH_WAYS = frozenset(["ally_of", "rival_of", "enemy_of", "sibling_of", "spouse_of", "at_war_with", "trades_with"])

Trace = Callable[[tuple[str, float]], None]


def candidates(draft: Draft, ents: list[Ent], matcher: Matcher, *, trace: Trace | None = None) -> tuple[Candidate, ...]:
    """All candidates in reading order: entities, relations, blueprint, recipes."""
    found: list[Candidate] = []
    made: dict[Ent, EntityCandidate] = {}
    for i, ent in enumerate(ents):
        made[ent] = _entity(draft.text, ent, f"e{i + 1}", matcher, trace)
    found += made.values()
    rels = [r for r in draft.rels.values() if r.a in made and r.b in made and _sure(r, made)]
    rels.sort(key=lambda r: (r.span, r.type))
    for i, rel in enumerate(rels):
        found.append(_relation(draft.text, rel, f"r{i + 1}", made, trace))
    if draft.blueprint:
        fields = {k: tuple(_value(draft.text, v, 0.9, trace) for v in vs) for k, vs in draft.blueprint.items()}
        found.append(BlueprintCandidate(confidence=_mean(fields), fields=fields))
    for i, seed in enumerate(draft.seeds):
        fields = {k: tuple(_value(draft.text, v, 0.9, trace) for v in seed[k]) for k in _SEED_ORDER if seed.get(k)}
        found.append(RecipeCandidate(key=f"p{i + 1}", confidence=_mean(fields), fields=fields))
    return tuple(found)


def _mean(fields: dict[str, tuple[FieldCandidate, ...]]) -> float:
    values = [v.confidence for vs in fields.values() for v in vs]
    return round(sum(values) / len(values), 3) if values else 0.0


def _value(text: str, val: Val, trust: float, trace: Trace | None = None) -> FieldCandidate:
    if trace is not None:
        trace((val.rule, trust))
    a, b = val.span
    quote = text[a:b]
    supported = set(key_of(val.value).split()) <= set(key_of(quote).split()) or key_of(val.value) in key_of(quote)
    return FieldCandidate(
        value=val.value,
        confidence=field_confidence(val, trust),
        span=(a, b),
        quote=quote,
        basis="quoted" if supported else "inferred",
    )


def _entity(text: str, ent: Ent, key: str, matcher: Matcher, trace: Trace | None) -> EntityCandidate:
    aliases = tuple(ent.aliases.values())
    hit = matcher.find((ent.name, *aliases), ent.kind)
    kind = hit[0].kind if hit else ent.kind
    trust = 0.97 if hit else entity_confidence(ent)
    spec = KINDS.get(kind)
    fields = {
        name: tuple(_value(text, v, trust, trace) for v in vals)
        for name, vals in ent.fields.items()
        if not name.startswith("@") and vals and (spec is None or spec.field(name))
    }
    first = min(ent.mentions, default=ent.span)
    op = "create" if hit is None else "update" if fields else "link"
    return EntityCandidate(
        key=key,
        op=op,
        kind=kind,
        name=hit[0].name if hit else ent.name,
        aliases=tuple(a for a in (*((ent.name,) if hit and key_of(ent.name) != key_of(hit[0].name) else ()), *aliases)),
        confidence=trust,
        span=first,
        quote=text[first[0] : first[1]],
        match=hit[1] if hit else None,
        mentions=tuple(sorted(ent.mentions)),
        fields=fields,
    )


def _sure(rel: Rel, made: dict[Ent, EntityCandidate]) -> bool:
    """A relation that holds both ways needs both ends to be found with some confidence."""
    return rel.type not in _BOTH_WAYS or min(made[rel.a].confidence, made[rel.b].confidence) >= _DECENT


def _relation(
    text: str, rel: Rel, key: str, made: dict[Ent, EntityCandidate], trace: Trace | None = None
) -> RelationCandidate:
    a, b = rel.span
    ends = (made[rel.a].confidence + made[rel.b].confidence) / 2
    if trace is not None:
        trace((f"rel-{rel.rule}", ends))
    return RelationCandidate(
        key=key,
        type=rel.type,
        from_name=made[rel.a].name,
        to_name=made[rel.b].name,
        confidence=confidence(f"rel-{rel.rule}", ends),
        span=(a, b),
        quote=text[a:b],
        basis="quoted" if re.search(r"\w", text[a:b]) else "inferred",
    )
