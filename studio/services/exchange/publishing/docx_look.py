"""How a word processor's document looks, and the parts of its XML that python-docx has no words for."""

from __future__ import annotations

import re
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from studio.services.exchange.publishing.document import Span, printable

INK, RED, DEEP, SOFT = "2B2622", "8A3324", "6B2A1C", "5B5148"
BODY, PLAIN, FIXED = "Georgia", "Calibri", "Consolas"
_BREAKS = re.compile(r"([\t\n])")
_SIGNS = {"\t": "tab", "\n": "br"}
_OWN: dict[str, dict[str, Any]] = {
    "Cover line": {"size": 12, "colour": SOFT, "center": True},
    "Contents title": {"size": 24, "colour": DEEP, "after": 12},
    "Contents 1": {"size": 11, "bold": True, "before": 8, "after": 0},
    "Contents 2": {"size": 10, "after": 0, "left": 0.8},
    "Kind": {"size": 7.5, "colour": "7A5C3A", "before": 14, "after": 0, "font": PLAIN, "next": True},
    "Lead": {"size": 11, "italic": True, "colour": SOFT, "after": 6},
    "Fact": {"size": 10, "after": 1, "left": 4, "first": -4},
    "Item": {"size": 10.5, "after": 2},
    "Box title": {"size": 8, "bold": True, "colour": RED, "font": PLAIN, "after": 2, "before": 6, "next": True},
    "Gap": {"size": 4, "after": 0},
    "Cell": {"size": 9.5, "after": 0},
    "Cell title": {"size": 9, "bold": True, "font": PLAIN, "after": 0},
    "Code": {"size": 9, "font": "Consolas"},
    "Picture": {"center": True, "after": 2, "next": True},
    "Stat name": {"size": 15, "bold": True, "colour": RED, "after": 0},
    "Stat line": {"size": 9.5, "after": 2},
    "Stat part": {"size": 12, "colour": RED, "before": 6, "after": 2},
}
_FILLS = {"secret": "F8E9E6", "note": "EEF3EA", "read": "F3ECDF", "stats": "FBF4E4", "quote": ""}
_EDGES = {"secret": ("A3412F", "dashed", "all"), "note": ("6F8F5F", "single", "left"), "stats": (RED, "single", "ends"),
          "read": ("8A6A3C", "single", "sides"), "quote": ("C9B79C", "single", "left")}  # fmt: skip
_SIDES = {"all": ("top", "left", "bottom", "right"), "left": ("left",), "ends": ("top", "bottom"),
          "sides": ("left", "right")}  # fmt: skip


def dress(file: Any) -> None:
    """Styles, margins, page numbers."""
    section = file.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.3)
    styles = file.styles
    _style(styles["Normal"], size=10.5, colour=INK, after=4)
    _style(styles["Title"], size=34, colour=DEEP, center=True, before=180, after=6)
    look = styles["Title"].element.pPr
    for edges in look.findall(qn("w:pBdr")):
        look.remove(edges)
    _style(styles["Subtitle"], size=16, italic=True, colour=INK, center=True, after=6)
    _style(styles["Caption"], size=9, italic=True, colour=SOFT, center=True, after=8, bold=False)
    _style(styles["Body Text"], size=10.5, after=6)
    for level, size in enumerate((24, 15, 12.5, 11, 10.5, 10.5), 1):
        _style(
            styles[f"Heading {level}"], size=size, colour=DEEP, before=0 if level == 1 else 10, after=4, bold=level > 1
        )
    for name, how in _OWN.items():
        _style(styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH), **how)
    styles["Fact"].paragraph_format.tab_stops.add_tab_stop(Cm(4))
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field_begin(footer, "PAGE")
    footer.add_run("1")
    field_end(footer)


def _style(
    style: Any, *, size: float = 10.5, colour: str = "", bold: bool | None = None, italic: bool | None = None,
    center: bool = False, before: float = 0, after: float = 4, left: float = 0, first: float = 0, font: str = BODY,
    next: bool = False,
) -> None:  # fmt: skip
    style.font.name, style.font.size, style.font.bold, style.font.italic = font, Pt(size), bold, italic
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in [key for key in fonts.attrib if "Theme" in key]:
        del fonts.attrib[key]
    fonts.set(qn("w:hAnsi"), font)
    if colour:
        style.font.color.rgb = RGBColor.from_string(colour)
    shape = style.paragraph_format
    shape.space_before, shape.space_after, shape.keep_with_next = Pt(before), Pt(after), next or None
    if style.name.startswith("Heading"):
        shape.keep_with_next = True
    if left or first:
        shape.left_indent, shape.first_line_indent = Cm(left), Cm(first)
    if center:
        shape.alignment = WD_ALIGN_PARAGRAPH.CENTER


# ---- XML -----------------------------------------------------------------------------------------------------------


def element(tag: str, /, **attributes: str) -> Any:
    """An element of WordprocessingML."""
    made = OxmlElement(f"w:{tag}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def run(span: Span, *, colour: str = "") -> Any:
    """Words in their style, made at once: the library's own way through a run takes ten times as long."""
    made = element("r")
    style = element("rPr")
    if span.code:
        style.append(element("rFonts", ascii=FIXED, hAnsi=FIXED))
    for tag, on in (("b", span.bold), ("i", span.italic), ("strike", span.strike)):
        if on:
            style.append(element(tag))
    if colour:
        style.append(element("color", val=colour))
    if len(style):
        made.append(style)
    for part in _BREAKS.split(printable(span.text)):
        made.append(_text(part) if part not in _SIGNS else element(_SIGNS[part]))
    return made


def _text(words: str) -> Any:
    made = element("t")
    made.set(qn("xml:space"), "preserve")
    made.text = words
    return made


def link(span: Span, *, anchor: str = "", relation: str = "") -> Any:
    """Words that lead to a bookmark, or to an address by its relation."""
    made = element("hyperlink", anchor=anchor) if anchor else element("hyperlink")
    if relation:
        made.set(qn("r:id"), relation)
    made.append(run(span, colour=DEEP))
    return made


def bookmark(paragraph: Any, name: str, text: str) -> None:
    """Words that links lead to."""
    number = name[1:]
    paragraph._p.append(element("bookmarkStart", id=number, name=name))
    paragraph._p.append(run(Span(text)))
    paragraph._p.append(element("bookmarkEnd", id=number))


def field_begin(paragraph: Any, code: str) -> None:
    """The beginning of a field; what follows up to its end is what it shows."""
    for part in (element("fldChar", fldCharType="begin"), _code(code), element("fldChar", fldCharType="separate")):
        paragraph.add_run()._r.append(part)


def _code(code: str) -> Any:
    made = element("instrText")
    made.set(qn("xml:space"), "preserve")
    made.text = f" {code} "
    return made


def field_end(paragraph: Any) -> None:
    """The end of a field."""
    paragraph.add_run()._r.append(element("fldChar", fldCharType="end"))


def page_break(paragraph: Any, *, before: bool) -> None:
    """Whether a paragraph begins a page."""
    paragraph.paragraph_format.page_break_before = before


def rule(paragraph: Any) -> None:
    """A line below a paragraph."""
    edges = element("pBdr")
    edges.append(element("bottom", val="single", sz="6", space="1", color="C9B79C"))
    paragraph._p.get_or_add_pPr().append(edges)


def indent(paragraph: Any, depth: int, *, hanging: bool = False) -> None:
    """Move a paragraph in by steps; a hanging one leaves its first word out."""
    if depth:
        shape = paragraph.paragraph_format
        shape.left_indent = Cm(0.6 * min(depth, 12))
        shape.first_line_indent = Cm(-0.5) if hanging else None


def align(paragraph: Any, how: str) -> None:
    """Left, centre or right."""
    if how in ("center", "right"):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if how == "center" else WD_ALIGN_PARAGRAPH.RIGHT


def box(table: Any, kind: str) -> None:
    """A table of one cell as a box of this kind."""
    colour, line, sides = _EDGES.get(kind, _EDGES["note"])
    size = "24" if kind != "secret" else "6"
    _edges(table, {side: (colour, line, size) for side in _SIDES[sides]})
    if fill := _FILLS.get(kind, _FILLS["note"]):
        table.cell(0, 0)._tc.get_or_add_tcPr().append(element("shd", val="clear", color="auto", fill=fill))


def grid(table: Any) -> None:
    """Lines around every cell."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    _edges(table, dict.fromkeys(sides, (RED, "single", "8")))


def ruled(table: Any) -> None:
    """Lines between rows."""
    _edges(table, {"top": (RED, "single", "12"), "bottom": (RED, "single", "8"), "insideH": ("C9B79C", "single", "4")})


def _edges(table: Any, sides: dict[str, tuple[str, str, str]]) -> None:
    borders = element("tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        if side in sides:
            colour, line, size = sides[side]
            borders.append(element(side, val=line, sz=size, space="0", color=colour))
    layout = table._tbl.tblPr.find(qn("w:tblLayout"))
    if layout is not None:
        layout.addprevious(borders)
    else:
        table._tbl.tblPr.append(borders)


def repeat_head(table: Any) -> None:
    """The first row again on every page."""
    table.rows[0]._tr.get_or_add_trPr().append(element("tblHeader", val="true"))


def keep_whole(row: Any) -> None:
    """A row that no page break goes through."""
    row._tr.get_or_add_trPr().append(element("cantSplit", val="true"))


def tidy(cell: Any) -> None:
    """Without the empty paragraph that a new cell begins with, and with one at its end, as the format wants it."""
    first = cell.paragraphs[0]._p
    if len(cell._tc.inner_content_elements) > 1 and cell._tc.inner_content_elements[0] is first:
        cell._tc.remove(first)
    if cell._tc.inner_content_elements[-1].tag != qn("w:p"):
        cell.add_paragraph(style="Gap")
