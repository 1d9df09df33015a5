"""Fits how sure the offline extractor says it is, and writes studio/services/extraction/calibration.py.

Run by hand: `python tests/services/extraction/fit_calibration.py CASES_DIR [CASES_DIR:WEIGHT …]`. Each directory holds
`<id>.md` and `<id>.gold.json`. A value counts as right when it says nearly what the gold says for that field.
"""

from __future__ import annotations

import json
import math
import re
import sys
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio.domain.candidate import EntityCandidate, FieldCandidate, Known, RelationCandidate
from studio.domain.ids import RecordId
from studio.services.extraction import OfflineExtractor

POOL = {"occupation": "role", "title": "role", "private_agenda": "goals", "danger": "hidden_details"}
POOL |= {"sensory": "hidden_details", "services": "known_for", "death": "life_status"}
NEAR = {"serves": "member_of", "hidden_in": "located_in", "rival_of": "enemy_of", "owns": "works_at"}
NEAR |= {"lives_in": "located_in"}
BOTH_WAYS = frozenset(["sibling_of", "spouse_of", "ally_of", "enemy_of", "at_war_with", "trades_with"])
TARGET = Path(__file__).parents[3] / "studio/services/extraction/calibration.py"
PRIOR = 4.0
UNSEEN = 0.2
"""Log odds taken off: rules are right less often on texts that nobody tuned them on."""


@dataclass(frozen=True)
class Point:
    """One predicted value: the rule that found it, how sure its entity was, and whether it was right."""

    rule: str
    trust: float
    ok: bool
    weight: float
    case: str
    corpus: str


def words(values: list[str]) -> set[str]:
    """The folded words of some values."""
    flat = unicodedata.normalize("NFKD", " ".join(values))
    text = "".join(c for c in flat if not unicodedata.combining(c)).casefold()
    return {w for w in re.sub(r"[^\w]+", " ", text).split() if len(w) > 1}


def near(a: list[str], b: list[str]) -> bool:
    """Two value lists say the same."""
    x, y = words(a), words(b)
    common = len(x & y)
    return bool(common) and (2 * common / (len(x) + len(y)) >= 0.5 or common == min(len(x), len(y)))


def collect(folder: Path, weight: float) -> list[Point]:
    """All predicted values of a folder's cases, each with its rule."""
    seen: list[tuple[str, float]] = []
    points: list[Point] = []
    for path in sorted(folder.glob("*.md")):
        gold = json.loads(path.with_name(path.stem + ".gold.json").read_text(encoding="utf-8"))
        known = [
            Known(id=RecordId(f"k{i}"), kind=k["kind"], name=k["name"], aliases=tuple(k.get("aliases", ())))
            for i, k in enumerate(gold["known"])
        ]
        found = OfflineExtractor(trace=seen.append).extract(path.read_text(encoding="utf-8"), known=known)
        rules = iter(seen)
        wanted = {_edge(r["type"], r["from"], r["to"], gold) for r in gold["relations"]}
        for c in found.candidates:
            facts = _gold_fields(c, gold)
            for name, values in getattr(c, "fields", {}).items():
                for v in values:
                    ok = _right(name, v, facts)
                    points.append(Point(*next(rules), ok, weight, path.stem, str(folder)))
            if isinstance(c, RelationCandidate):
                ok = _edge(c.type, c.from_name, c.to_name, gold) in wanted
                points.append(Point(*next(rules), ok, weight, path.stem, str(folder)))
        seen.clear()
    return points


def _edge(kind: str, a: str, b: str, gold: dict[str, Any]) -> tuple[str, str, str]:
    """A relation as it is compared: whatever name of an entity is used, and either way round if it goes both ways."""
    same = {
        " ".join(sorted(words([n]))): e["name"]
        for e in (*gold["entities"], *gold["known"])
        for n in (*e.get("mentions", ()), *e["aliases"], e["name"])
    }
    a, b = (same.get(" ".join(sorted(words([x]))), x) for x in (a, b))
    kind = NEAR.get(kind, kind)
    if kind == "employs":
        kind, a, b = "member_of", b, a
    return (kind, b, a) if kind in BOTH_WAYS and b < a else (kind, a, b)


def _gold_fields(c: object, gold: dict[str, Any]) -> dict[str, list[str]]:
    pooled: dict[str, list[str]] = defaultdict(list)
    source: list[dict[str, Any]] = []
    if isinstance(c, EntityCandidate):
        names = [frozenset(words([n])) for n in (c.name, *c.aliases)]
        source = [
            e["fields"]
            for e in gold["entities"]
            if any(frozenset(words([n])) in names for n in (e["name"], *e["aliases"], *e["mentions"]))
        ][:1]
    elif getattr(c, "target", "") == "blueprint":
        source = [gold["blueprint"]]
    else:
        source = [{k: [v] for k, v in s.items()} for s in gold["prompt_seeds"]]
    for fields in source:
        for name, values in fields.items():
            pooled[POOL.get(name, name) or name] += [v["value"] for v in values]
    return pooled


def _right(name: str, value: FieldCandidate, facts: dict[str, list[str]]) -> bool:
    return near([value.value], facts.get(POOL.get(name, name), []))


def reliability(points: list[Point]) -> tuple[dict[str, float], float]:
    """How often each rule was right, drawn towards its family and the whole."""
    total = sum(p.weight for p in points)
    whole = sum(p.weight for p in points if p.ok) / total
    families: dict[str, list[Point]] = defaultdict(list)
    rules: dict[str, list[Point]] = defaultdict(list)
    for p in points:
        families[p.rule.split(":")[0]].append(p)
        rules[p.rule].append(p)
    made = {f"{k}:*": _shrunk(v, whole) for k, v in families.items()}
    return made | {k: _shrunk(v, made[f"{k.split(':')[0]}:*"]) for k, v in rules.items()}, whole


def _shrunk(points: list[Point], prior: float) -> float:
    n = sum(p.weight for p in points)
    return round((sum(p.weight for p in points if p.ok) + PRIOR * prior) / (n + PRIOR), 3)


def logit(p: float) -> float:
    """Log odds, kept finite."""
    p = min(0.98, max(0.02, p))
    return math.log(p / (1 - p))


def fit(points: list[Point]) -> tuple[float, float, float]:
    """Logistic regression of right on (bias, log odds of rule, log odds of entity), rules judged on other corpora.

    A corpus is written by one author, so that a rule's figure from the others is what it is worth on a new one.
    """
    rows = []
    for corpus in sorted({p.corpus for p in points}):
        table, whole = reliability([p for p in points if p.corpus != corpus])
        for p in points:
            if p.corpus == corpus:
                base = table.get(p.rule) or table.get(p.rule.split(":")[0] + ":*") or whole
                rows.append((1.0, logit(base), logit(p.trust), p.ok, p.weight))
    w = [0.0, 1.0, 0.2]
    for _ in range(3000):
        grad = [0.0, 0.0, 0.0]
        for *x, ok, weight in rows:
            err = (1 / (1 + math.exp(-sum(a * b for a, b in zip(w, x, strict=True)))) - ok) * weight
            grad = [g + err * v for g, v in zip(grad, x, strict=True)]
        w = [a - 0.5 * g / len(rows) for a, g in zip(w, grad, strict=True)]
    return round(w[0], 3), round(w[1], 3), round(w[2], 3)


def main(args: list[str]) -> None:
    """Fit and write."""
    points: list[Point] = []
    for arg in args:
        folder, _, weight = arg.partition(":")
        points += collect(Path(folder), float(weight or 1))
    table, whole = reliability(points)
    coefficients = fit(points)
    coefficients = (round(coefficients[0] - UNSEEN, 3), *coefficients[1:])
    lines = [f"    {json.dumps(k)}: {v},\n" for k, v in sorted(table.items())]
    TARGET.write_text(
        '"""Fitted numbers, written by tests/services/extraction/fit_calibration.py: '
        'how often each rule was right."""\n\n'
        f"DEFAULT = {whole:.3f}\nBIAS, RULE_WEIGHT, ENTITY_WEIGHT = {coefficients}\nRULES: dict[str, float] = {{\n"
        + "".join(lines)
        + "}\n",
        encoding="utf-8",
    )
    sys.stdout.write(f"{len(points)} values, {whole:.3f} right, coefficients {coefficients}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
