"""Blueprints for property tests, with every field as a person may leave it."""

from typing import Any

from hypothesis import strategies as st

from studio.domain.blueprint import Blueprint
from studio.domain.ids import RecordId
from studio.domain.world import Link
from studio.services.foundry.form import FIELDS, Column, FormField
from studio.services.foundry.paths import set_path
from studio.services.foundry.values import clean

NAMES = {RecordId("e1"): "House Veyra", RecordId("e2"): "Kell Reach", RecordId("e3"): "The Rootfather"}
words = st.text(st.sampled_from("abc ÄЖ#-*_>|\\:`.0123456789/'(é)"), max_size=24)
prose = st.lists(words, max_size=4).map("\n".join)
links = st.one_of(
    words.map(lambda t: Link(text=t)),
    st.tuples(st.sampled_from(list(NAMES)), st.booleans()).map(
        lambda p: Link(text=NAMES[p[0]] if p[1] else "as it was written", ref=p[0])
    ),
)


def _cell(column: Column) -> st.SearchStrategy[Any]:
    return {"texts": st.lists(words, max_size=3), "long": prose}.get(column.kind, words)


def value(field: FormField) -> st.SearchStrategy[Any]:
    """Anything that a person may put there."""
    table: dict[str, st.SearchStrategy[Any]] = {
        "long": prose, "texts": st.lists(words, max_size=4), "number": st.integers(0, 10**9),
        "dial": st.integers(0, 10), "decimal": st.floats(0, 1e9),
        "flag": st.booleans(), "link": links, "links": st.lists(links, max_size=3),
        "rows": st.lists(st.fixed_dictionaries({c.name: _cell(c) for c in field.columns}), max_size=3),
    }  # fmt: skip
    return st.one_of(st.none(), table.get(field.kind, words))


@st.composite
def blueprints(draw: st.DrawFn) -> Blueprint:
    """A blueprint with a handful of fields."""
    blueprint = Blueprint()
    for path in draw(st.lists(st.sampled_from(list(FIELDS)), max_size=12, unique=True)):
        blueprint = set_path(blueprint, path, clean(path, draw(value(FIELDS[path]))))
    if draw(st.booleans()):
        blueprint = set_path(blueprint, "dials.sea_shanties", draw(st.integers(0, 10)))
    return blueprint
