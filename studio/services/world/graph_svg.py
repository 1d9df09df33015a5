"""A graph as an SVG drawing, without Qt: shapes, lines and words that the window's own picture is made of too."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from studio import resources_dir
from studio.domain.families import FAMILY_WORDS, Family
from studio.services.world.graph_layout import extent

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from studio.services.world.graph import Graph, Node
    from studio.services.world.graph_layout import Place, Places
    from studio.services.world.ties import Edge

RADIUS = 19.0
"""Half the height of a node's shape, in pixels at 100 %."""
DASHES: dict[str, tuple[float, ...]] = {
    "fact": (), "rumour": (5, 3), "legend": (9, 3, 2, 3), "lie": (1.5, 3), "prophecy": (12, 5),
}  # fmt: skip
"""The line of each certainty, in line widths: on and off by turns."""
FAINT = 0.4
"""How strongly something is drawn that doesn't hold on the day that is looked at."""
WEAK, WEAK_WORDS = (1, 2.5), "Link in a field or text"
"""The line of what is no relation, and its words."""
_MARGIN, _LEGEND, _MOST_LABELS = 90.0, 26.0, 120


def _polygon(corners: int, *, turn: float = 0.0, size: float = 1.0) -> tuple[Place, ...]:
    steps = [turn + n * math.tau / corners for n in range(corners)]
    return tuple((size * math.cos(a), size * math.sin(a)) for a in steps)


_UP = -math.tau / 4
SHAPES: dict[str, tuple[Place, ...]] = {
    "npc": _polygon(32),
    "faction": _polygon(6, size=1.12),
    "location": ((-1, -0.92), (1, -0.92), (1, 0.92), (-1, 0.92)),
    "event": _polygon(4, turn=_UP, size=1.25),
    "timeline_arc": ((-1.1, -0.75), (1.1, -0.75), (1.1, 0.75), (-1.1, 0.75)),
    "item": _polygon(5, turn=_UP, size=1.15),
    "quest": _polygon(3, turn=_UP, size=1.4),
    "session": ((-0.85, -1), (0.85, -1), (0.85, 1), (-0.85, 1)),
    "creature": _polygon(8, turn=math.tau / 16, size=1.05),
}
_OTHER = ((-1.0, -0.6), (-0.6, -1.0), (0.6, -1.0), (1.0, -0.6), (1.0, 0.6), (0.6, 1.0), (-0.6, 1.0), (-1.0, 0.6))


def outline(kind: str) -> tuple[Place, ...]:
    """The shape of a kind around (0, 0), about one unit in each direction."""
    return SHAPES.get(kind, _OTHER)


class Ink(NamedTuple):
    """Colours of a drawing. What isn't named in `kinds` gets `muted`."""

    canvas: str
    surface: str
    text: str
    muted: str
    accent: str
    kinds: Mapping[str, str]
    families: Mapping[str, str]


PAPER = Ink(
    canvas="#F6F4EF", surface="#FFFFFF", text="#1D1A15", muted="#5A5347", accent="#5A3FCB",
    kinds={
        "faction": "#1A42A8", "npc": "#964101", "location": "#516163", "event": "#4B2F5B", "timeline_arc": "#210F80",
        "item": "#721118", "quest": "#1B6B3A", "session": "#5A5347", "creature": "#7A4F00",
    },
    families={
        "kin": "#A3195B", "bond": "#1B6B3A", "conflict": "#B3261E", "group": "#1A42A8", "place": "#0F6B6B",
        "thing": "#8A5A00", "event": "#5B3B8C", "canon": "#5A5347", "other": "#6E675B",
    },
)  # fmt: skip
"""The light theme, for drawings that no window is asked about."""


def bends(edges: Iterable[Edge]) -> dict[str, float]:
    """How far each edge swings out, in pixels, so that parallel ones don't lie on one another."""
    pairs: dict[tuple[str, str], list[Edge]] = defaultdict(list)
    for edge in edges:
        pairs[min(edge.from_id, edge.to_id), max(edge.from_id, edge.to_id)].append(edge)
    found = {}
    for (first, _), many in pairs.items():
        for at, edge in enumerate(many):
            out = (at - (len(many) - 1) / 2) * 34.0
            found[str(edge.id)] = out if edge.from_id == first else -out
    return found


def bent(one: Place, other: Place, out: float) -> Place:
    """The control point of an edge that swings out so far to its left."""
    dx, dy = other[0] - one[0], other[1] - one[1]
    length = math.hypot(dx, dy) or 1.0
    return (one[0] + other[0]) / 2 + out * 2 * -dy / length, (one[1] + other[1]) / 2 + out * 2 * dx / length


def middle(one: Place, control: Place, other: Place) -> Place:
    """The middle of an edge, where its word stands."""
    return one[0] / 4 + control[0] / 2 + other[0] / 4, one[1] / 4 + control[1] / 2 + other[1] / 4


def arrow(control: Place, end: Place, reach: float, *, size: float = 7.0) -> tuple[Place, Place, Place]:
    """The head of an edge, its tip so far from the end: the corners of a triangle."""
    dx, dy = end[0] - control[0], end[1] - control[1]
    length = math.hypot(dx, dy) or 1.0
    ux, uy = dx / length, dy / length
    tip = (end[0] - ux * reach, end[1] - uy * reach)
    back = (tip[0] - ux * size * 1.5, tip[1] - uy * size * 1.5)
    half = size * 0.62
    return tip, (back[0] - uy * half, back[1] + ux * half), (back[0] + uy * half, back[1] - ux * half)


def dashes_of(edge: Edge) -> tuple[float, ...]:
    """The line of an edge, in line widths; a certainty of one's own has a line too."""
    return WEAK if edge.weak else DASHES.get(edge.certainty, (4, 2))


def edge_words(edge: Edge) -> str:
    """What is written at an edge: its type, and its certainty where it is no fact."""
    return edge.label if edge.certainty == "fact" else f"{edge.label} · {edge.certainty}"


def edge_details(edge: Edge) -> str:
    """What else is known of an edge: rank and role, dates, attitude."""
    parts = [edge.detail, f"from {edge.since}" if edge.since else "", f"until {edge.until}" if edge.until else ""]
    parts += [f"attitude {edge.attitude:+d}" if edge.attitude else "", "" if edge.holds else "not on this day"]
    return "; ".join(part for part in parts if part)


def edge_sentence(edge: Edge, names: Mapping[str, str]) -> str:
    """All of an edge in words, as its tool tip and a screen reader say it."""
    said = f"{names[edge.from_id]} {edge.label} {names[edge.to_id]}"
    told = "; ".join(part for part in ("" if edge.certainty == "fact" else edge.certainty, edge_details(edge)) if part)
    return f"{said} ({told})" if told else said


def svg(graph: Graph, places: Places, *, ink: Ink = PAPER, path: Iterable[str] = ()) -> str:
    """The drawing. `path` are entities whose way is drawn in the accent colour."""
    width, height = extent(len(graph.nodes))
    legend = _legend(graph, ink, height + 2 * _MARGIN)
    total = (width + 2 * _MARGIN, height + 2 * _MARGIN + legend[1])
    points: Places = {i: (_MARGIN + x * width, _MARGIN + y * height) for i, (x, y) in places.items()}
    names: dict[str, str] = {node.id: node.name for node in graph.nodes}
    title = escape(names[graph.centre])
    on_way = list(path)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {total[0]:.0f} {total[1]:.0f}" width="{total[0]:.0f}"'
        f' height="{total[1]:.0f}" role="img" font-family="Noto Sans, Segoe UI, DejaVu Sans, sans-serif">',
        f"<title>Relations around {title}</title>",
        f"<desc>{len(graph.nodes)} entries, {len(graph.edges)} relations.</desc>",
        _symbols(graph, ink),
        f'<rect width="{total[0]:.0f}" height="{total[1]:.0f}" fill="{ink.canvas}"/>',
        *_edges(graph, points, names, ink, on_way),
        *(_node(node, points[node.id], ink, centre=node.id == graph.centre, on_way=on_way) for node in graph.nodes),
        *legend[0],
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _edges(graph: Graph, points: Places, names: dict[str, str], ink: Ink, on_way: list[str]) -> list[str]:
    swing = bends(graph.edges)
    labelled = len(graph.edges) <= _MOST_LABELS
    ways = {frozenset(pair) for pair in itertools.pairwise(on_way)}
    lines, words = [], []
    for edge in graph.edges:
        one, other = points[edge.from_id], points[edge.to_id]
        control = bent(one, other, swing[edge.id])
        colour, wide = ink.families[edge.family], 1.6
        if {edge.from_id, edge.to_id} in ways:
            colour, wide = ink.accent, 3.5
        lines.append(
            f'<path d="M{one[0]:.1f} {one[1]:.1f}Q{control[0]:.1f} {control[1]:.1f} {other[0]:.1f} {other[1]:.1f}"'
            f' fill="none" stroke="{colour}" stroke-width="{wide}"{_faint(edge)}'
            f"{_dashed(dashes_of(edge), wide)}>"
            f"<title>{escape(edge_sentence(edge, names))}</title></path>"
        )
        if edge.directed:
            corners = " ".join(f"{x:.1f},{y:.1f}" for x, y in arrow(control, other, RADIUS + 5))
            lines.append(f'<polygon points="{corners}" fill="{colour}"/>')
        if labelled:
            x, y = middle(one, control, other)
            words.append(_words(edge_words(edge), x, y + 4, ink, colour=colour, size=10.5))
    return lines + words


def _faint(edge: Edge) -> str:
    return "" if edge.holds else f' opacity="{FAINT}"'


def _dashed(dashes: tuple[float, ...], wide: float) -> str:
    return f' stroke-dasharray="{" ".join(f"{d * wide:g}" for d in dashes)}"' if dashes else ""


def _node(node: Node, at: Place, ink: Ink, *, centre: bool, on_way: list[str]) -> str:
    x, y = at
    radius = RADIUS * (1.25 if centre else 1.0)
    colour = ink.kinds.get(node.kind, ink.muted)
    corners = " ".join(f"{x + radius * a:.1f},{y + radius * b:.1f}" for a, b in outline(node.kind))
    ring = ink.accent if node.id in on_way else colour
    kind = f"{node.kind_label}, {node.standing}" if node.standing else node.kind_label
    more = f"  +{node.hidden}" if node.hidden else ""
    side = radius * 0.95
    return (
        f"<g><title>{escape(node.name)}, {escape(kind)}</title>"
        f'<polygon points="{corners}" fill="{ink.surface}" stroke="{ring}" stroke-width="{3 if centre else 2}"'
        f' stroke-linejoin="round"/>'
        f'<use href="#icon-{escape(node.kind)}" transform="translate({x - side / 2:.1f} {y - side / 2:.1f})'
        f' scale({side / 24:.3f})"/>'
        + _words(node.name, x, y + radius + 15, ink, colour=ink.text, size=13, bold=centre)
        + _words(f"{kind}{more}", x, y + radius + 29, ink, colour=ink.muted, size=10.5)
        + "</g>"
    )


def _words(text: str, x: float, y: float, ink: Ink, *, colour: str, size: float, bold: bool = False) -> str:
    short = text if len(text) <= 30 else f"{text[:29].rstrip()}…"
    weight = ' font-weight="600"' if bold else ""
    shape = f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="middle"{weight}'
    halo = f'stroke="{ink.canvas}" stroke-width="4" stroke-linejoin="round" aria-hidden="true"'
    # Two texts, since many programs know no paint-order.
    return f'{shape} fill="{ink.canvas}" {halo}>{escape(short)}</text>{shape} fill="{colour}">{escape(short)}</text>'


def _symbols(graph: Graph, ink: Ink) -> str:
    """The icon of each kind, from the shipped outlines; a kind of one's own gets the plain one."""
    kinds = sorted({node.kind for node in graph.nodes})
    return "<defs>" + "".join(_symbol(kind, ink.kinds.get(kind, ink.muted)) for kind in kinds) + "</defs>"


def _symbol(kind: str, colour: str) -> str:
    folder = resources_dir() / "icons" / "lucide"
    text = (folder / f"{ICONS.get(kind, 'file-text')}.svg").read_text("utf-8")
    inner = text[text.index(">", text.index("<svg")) + 1 : text.rindex("</svg>")]
    drawn = " ".join(inner.split()).replace("currentColor", colour)
    style = f'fill="none" stroke="{colour}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
    return f'<g id="icon-{escape(kind)}" {style}>{drawn}</g>'


ICONS = {
    "faction": "flag", "npc": "user-round", "location": "map-pin", "event": "zap", "timeline_arc": "hourglass",
    "item": "gem", "quest": "target", "session": "calendar", "creature": "skull",
}  # fmt: skip
"""The icon of each kind, as in the window."""


def _legend(graph: Graph, ink: Ink, top: float) -> tuple[list[str], float]:
    """(lines of the legend, its height): the families and certainties that the drawing has."""
    families = {edge.family for edge in graph.edges if not edge.weak}
    used: list[Family] = [family for family in FAMILY_WORDS if family in families]
    sure = [word for word in DASHES if word != "fact" and any(e.certainty == word for e in graph.edges)]
    rows: list[tuple[str, tuple[float, ...], str]] = [(ink.families[f], (), FAMILY_WORDS[f]) for f in used]
    rows += [(ink.text, DASHES[word], word.capitalize()) for word in sure]
    rows += [(ink.families["other"], WEAK, WEAK_WORDS)] if any(edge.weak for edge in graph.edges) else []
    lines, x, y = [], _MARGIN, top - _LEGEND
    wide = extent(len(graph.nodes))[0] + _MARGIN
    for colour, dashes, words in rows:
        if x + 150 > wide and x > _MARGIN:
            x, y = _MARGIN, y + _LEGEND
        lines.append(f'<path d="M{x:.0f} {y:.0f}h34" stroke="{colour}" stroke-width="2"{_dashed(dashes, 2)}/>')
        lines.append(f'<text x="{x + 40:.0f}" y="{y + 4:.0f}" font-size="12" fill="{ink.muted}">{escape(words)}</text>')
        x += 40 + 7.2 * len(words) + 26
    return lines, y - (top - _LEGEND) + (_LEGEND if rows else 0)
