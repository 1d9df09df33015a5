"""The neighbourhood of an entity as a graph: its nodes and relations up to a depth, the rest counted and reachable."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal, NamedTuple

from pydantic import Field, ValidationError

from studio.domain.errors import Invalid, NotFound
from studio.domain.ids import RecordId
from studio.domain.lens import OPEN_EYES, Lens
from studio.domain.record import Frozen
from studio.domain.vocabulary import relation_spec
from studio.services.world import kinds
from studio.services.world.reach import EVERYTHING, Link, Only, Reach
from studio.services.world.ties import Edge, edges_for
from studio.services.world.weak import weak_edges
from studio.storage.search import entity_clause, relation_clause

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from studio.storage.project import Project

LIMIT = 300
"""Most nodes that are drawn at once."""
DEPTHS = (1, 2, 3)
BUDGET = 1500
"""How many relations are read, more or less, before a picture is shown."""
_BATCH = 24


class Node(NamedTuple):
    """An entity of the graph. `distance` is in steps from the centre; `hidden` neighbours aren't drawn.

    `kind_label` is the kind as this project calls it; `standing` is `to come` or `gone` at the lens's day, else empty.
    """

    id: RecordId
    name: str
    kind: str
    kind_label: str
    status: str
    distance: int
    hidden: int = 0
    standing: str = ""


class Graph(NamedTuple):
    """A neighbourhood. `nodes` come nearest first, the centre before all; `edges` only join nodes that are there.

    `uncounted` are nodes of the rim whose hidden neighbours nobody counted yet; `counted` does.
    """

    centre: RecordId
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    uncounted: tuple[RecordId, ...] = ()

    def node(self, record_id: str) -> Node | None:
        """The node of an entity, if it is drawn."""
        return next((node for node in self.nodes if node.id == record_id), None)

    def edges_of(self, record_id: str) -> list[Edge]:
        """The edges at a node."""
        return [edge for edge in self.edges if record_id in (edge.from_id, edge.to_id)]


class More(NamedTuple):
    """A neighbour that isn't drawn, and how the entity stands to it."""

    id: RecordId
    name: str
    kind: str
    status: str
    label: str


def neighbourhood(
    project: Project,
    entity_id: RecordId,
    *,
    depth: int = 2,
    limit: int = LIMIT,
    only: Only = EVERYTHING,
    keep: Sequence[str] = (),
    count: bool = True,
    lens: Lens = OPEN_EYES,
) -> Graph:
    """The entity and what is related to it within `depth` steps, at most `limit` nodes.

    Over the limit the closest stay, then those with most ties to what is drawn, then those with most relations at all.
    `keep` are entities drawn before any other, as long as they hang together with the rest: what was unfolded, a path.
    Without `count` the walk stops at what a picture needs at once: among many well-connected nodes the rim is chosen
    from the best of them, and its hidden neighbours are left for `counted`.
    Raises NotFound for an entity that isn't there, or not for this lens.
    """
    if depth < 1 or limit < 1:
        raise Invalid("A graph needs a depth and a limit of at least 1.")
    walk = _Walk(project, entity_id, only, lens, budget=None if count else BUDGET)
    for _ in range(depth):
        walk.step(limit)
    walk.keep(keep, limit)
    walk.finish()
    return walk.graph(project)


def counted(project: Project, graph: Graph, *, only: Only = EVERYTHING, lens: Lens = OPEN_EYES) -> Graph:
    """The graph with the hidden neighbours of its rim counted."""
    drawn = {node.id for node in graph.nodes}
    near = Reach(project, only, lens).neighbours(graph.uncounted)
    nodes = [n._replace(hidden=len(near[n.id] - drawn)) if n.id in near else n for n in graph.nodes]
    return graph._replace(nodes=tuple(nodes), uncounted=())


class _Walk:
    """The walk outwards, level by level. Each node's links are read once, in the order of rank, within the budget."""

    def __init__(self, project: Project, centre: RecordId, only: Only, lens: Lens, *, budget: int | None) -> None:
        self.reach = Reach(project, only, lens)
        self.reach.look_at([centre], any_kind=True)
        if centre not in self.reach.known:
            raise NotFound("This entry isn't in the project any more.", hint="It may be in the trash.")
        self.centre = centre
        self.drawn: list[str] = [centre]
        self.links: dict[str, Link] = {}
        self.unread: list[str] = []
        self._rim: list[str] = [centre]
        self._budget = budget
        self._weak = only.weak

    def step(self, limit: int) -> None:
        """Go one level out."""
        if len(self.drawn) >= limit:
            return
        drawn = set(self.drawn)
        ties: Counter[str] = Counter()
        for link in self._read_rim():
            if link.to_id not in drawn:
                ties[link.to_id] += 1
            elif link.from_id not in drawn:
                ties[link.from_id] += 1
        self._rim = self._best(ties, limit - len(self.drawn))
        self.drawn += self._rim

    def _read_rim(self) -> list[Link]:
        """The links of the nodes that came last; those that the budget doesn't reach are put off."""
        found: dict[str, Link] = {}
        rim, self._rim = self._rim, []
        for start in range(0, len(rim), _BATCH):
            batch = rim[start : start + _BATCH]
            if self._budget is not None and len(self.links) >= self._budget:
                self.unread += batch
                continue
            links = self.reach.links_of(batch)
            found.update(links)
            self.links.update(links)
        return list(found.values())

    def finish(self) -> None:
        """Read what the picture still lacks: with a budget only the links among what is drawn."""
        if self._budget is None:
            self._read_rim()
            return
        self.unread += self._rim
        self.links.update(self.reach.links_among(self.unread, self.drawn))

    def _best(self, ties: Counter[str], room: int) -> list[str]:
        known = self.reach.known
        degrees: dict[str, int] = {}
        if len(ties) > room:
            last = sorted(ties.values(), reverse=True)[room - 1]
            first = len(self.drawn) == 1  # around the middle there is time to count; farther out ties tell enough
            equal = [i for i, number in ties.items() if number == last]
            degrees = self.reach.degrees(equal, by_index=3000 if first else 600)
        return sorted(ties, key=lambda i: (-ties[i], -degrees.get(i, 0), known[i].fold, i))[:room]

    def keep(self, ids: Sequence[str], limit: int) -> None:
        """Draw these too; the last of the others make room."""
        wanted = list(dict.fromkeys(ids))[: limit - 1]
        self.reach.look_at(wanted)
        wanted = [i for i in wanted if i in self.reach.known]
        new = [i for i in wanted if i not in set(self.drawn)]
        if not new:
            return
        safe = {self.centre, *wanted}
        surplus = len(self.drawn) + len(new) - limit
        gone = set([i for i in reversed(self.drawn) if i not in safe][: max(surplus, 0)])
        self.drawn = [i for i in self.drawn if i not in gone]
        self._rim = [i for i in self._rim if i not in gone]
        self.unread = [i for i in self.unread if i not in gone]
        self.drawn += new
        self._rim += new

    def graph(self, project: Project) -> Graph:
        near: dict[str, set[str]] = {i: set() for i in self.drawn}
        for _, one, _, other in self.links.values():
            if one in near:
                near[one].add(other)
            if other in near:
                near[other].add(one)
        steps = _distances(self.centre, near)
        order = sorted((i for i in self.drawn if i in steps), key=lambda i: steps[i])
        known = self.reach.known
        labels = {kind: kinds.spec_of(project, kind).label for kind in {known[i].kind for i in order}}
        nodes = [
            Node(
                RecordId(i), known[i].name, known[i].kind, labels[known[i].kind], known[i].status,
                distance=steps[i], hidden=sum(other not in steps for other in near[i]),
                standing=known[i].standing(self.reach.lens),
            )
            for i in order
        ]  # fmt: skip
        among = [link for link in self.links.values() if link.from_id in steps and link.to_id in steps]
        rest = tuple(RecordId(i) for i in self.unread if i in steps)
        edges = edges_for(project, among, lens=self.reach.lens)
        if self._weak:
            related = {frozenset((edge.from_id, edge.to_id)) for edge in edges}
            edges += weak_edges(project, list(steps), related, lens=self.reach.lens)
        return Graph(self.centre, tuple(nodes), tuple(edges), rest)


def _distances(centre: str, near: dict[str, set[str]]) -> dict[str, int]:
    """Steps from the centre over what is drawn; what doesn't hang together with it has none."""
    steps = {centre: 0}
    front = [centre]
    while front:
        following = {other for i in front for other in near[i] if other in near and other not in steps}
        steps.update(dict.fromkeys(following, steps[front[0]] + 1))
        front = list(following)
    return steps


def more(
    project: Project,
    entity_id: RecordId,
    *,
    drawn: Collection[str],
    limit: int = 100,
    start: int = 0,
    only: Only = EVERYTHING,
    lens: Lens = OPEN_EYES,
) -> list[More]:
    """The neighbours of an entity that aren't drawn, the most connected first: what stands behind “+12 more”."""
    reach = Reach(project, only, lens)
    reach.look_at([entity_id], any_kind=True)
    if entity_id not in reach.known:
        raise NotFound("This entry isn't in the project any more.", hint="It may be in the trash.")
    shown = {entity_id, *drawn}
    first: dict[str, Link] = {}
    for link in sorted(reach.links_of([entity_id]).values()):
        if (other := link.other(entity_id)) not in shown:
            first.setdefault(other, link)
    degrees = reach.degrees(first)
    ranked = sorted(first, key=lambda i: (-degrees.get(i, 0), reach.known[i].fold, i))
    return [
        More(RecordId(i), *reach.known[i][:3], label=_reads(first[i], entity_id)) for i in ranked[start : start + limit]
    ]


def _reads(link: Link, end: str) -> str:
    spec = relation_spec(link.type)
    return spec.label if link.from_id == end else spec.inverse.replace("_", " ")


class InUse(NamedTuple):
    """What a graph can be filtered by: (kind, its plural) and (relation type, its words), by their words."""

    kinds: tuple[tuple[str, str], ...]
    types: tuple[tuple[str, str], ...]


def in_use(project: Project, *, lens: Lens = OPEN_EYES) -> InUse:
    """The kinds and relation types that occur in what this lens shows."""
    found = project.sql.execute(
        f"SELECT DISTINCT e.kind FROM entity e WHERE e.deleted_at IS NULL AND {entity_clause(lens)}"
    )
    plurals = [(row[0], kinds.spec_of(project, row[0]).plural) for row in found]
    used = project.sql.execute(f"SELECT DISTINCT r.type FROM relation r WHERE {relation_clause(lens)}")
    words = [(row[0], relation_spec(row[0]).label) for row in used]
    return InUse(tuple(sorted(plurals, key=_words)), tuple(sorted(words, key=_words)))


def _words(pair: tuple[str, str]) -> str:
    return pair[1]


class Look(Frozen):
    """How the graph is looked at in a project."""

    depth: int = Field(default=2, ge=1, le=3)
    view: Literal["picture", "both", "list"] = "picture"
    follows: bool = True


_LOOK_KEY = "graph.look"


def keep_look(project: Project, look: Look) -> None:
    """Remember how the graph was looked at; no change of the world."""
    project.scratch_set(_LOOK_KEY, look.model_dump_json())


def last_look(project: Project) -> Look:
    """How the graph was looked at last; the usual way where that isn't known."""
    try:
        return Look.model_validate_json(project.scratch_get(_LOOK_KEY) or "{}")
    except ValidationError:
        return Look()
