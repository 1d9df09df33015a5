"""Tokens keep their contrast, themes reach every widget, icons take the theme's colours."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel

from studio.domain.vocabulary import KINDS
from studio.settings import Settings
from studio.ui.theme import Look, Theme, icon, stylesheet
from studio.ui.theme.look import theme_name
from studio.ui.theme.tokens import CONTRACT, KIND_LOOKS, MOTION_MS, THEMES, contrast

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", THEMES)
def test_every_pair_of_colours_keeps_its_contrast(name: str) -> None:
    tokens = THEMES[name]
    bad = [(ink, ground) for ink, ground, least in CONTRACT if contrast(tokens[ink], tokens[ground]) < least]
    assert not bad


@pytest.mark.parametrize("name", THEMES)
def test_kinds_are_readable_on_every_background(name: str) -> None:
    column = list(THEMES).index(name)
    bad = [
        (kind, ground)
        for (kind, look), ground in itertools.product(KIND_LOOKS.items(), ("canvas", "surface", "sunken"))
        if contrast(look[column], THEMES[name][ground]) < 4.5
    ]
    assert not bad


def test_the_contrast_theme_is_stronger_than_the_others() -> None:
    tokens = THEMES["contrast"]
    assert min(contrast(tokens[ink], tokens["canvas"]) for ink in ("text", "muted", "link", "accent", "focus")) >= 9


def test_kinds_differ_in_shape_too() -> None:
    assert KINDS.keys() <= KIND_LOOKS.keys()
    assert len({KIND_LOOKS[kind].icon for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("scale", [0.8, 1.0, 2.0])
def test_the_style_sheet_fills_every_token(name: str, scale: float) -> None:
    assert "$" not in stylesheet.build(name, scale=scale, compact=True)


def test_arrows_and_ticks_have_the_colours_of_their_theme(root: Path) -> None:
    for name, tokens in THEMES.items():
        folder = root / "resources" / "styles" / name
        known = {value.upper() for value in tokens.values()}
        for file in folder.glob("*.svg"):
            assert {c.upper() for c in re.findall(r"#[0-9A-Fa-f]{6}", file.read_text())} <= known, file


def test_no_colour_is_written_outside_the_tokens(root: Path) -> None:
    bad = [
        str(file.relative_to(root))
        for file in (root / "studio" / "ui").rglob("*.py")
        if file.name != "tokens.py" and re.search(r"[\"'(]#[0-9A-Fa-f]{6}\b", file.read_text())
    ]
    assert not bad


def test_every_icon_that_is_named_is_there(root: Path) -> None:
    named = set()
    for file in (root / "studio" / "ui").rglob("*.py"):
        named |= set(re.findall(r"icon(?:=|\()\"([a-z][a-z0-9-]+)\"", file.read_text()))
    named |= {look.icon for look in KIND_LOOKS.values()}
    shipped = {file.stem for file in (root / "resources" / "icons" / "lucide").glob("*.svg")}
    assert named <= shipped


def test_a_theme_reaches_the_palette_and_the_font(qapp: QApplication, theme: Theme) -> None:
    theme.set(theme="dark", text_size=150)
    assert theme_name() == "dark"
    assert qapp.font().pixelSize() == 21
    assert qapp.palette().window().color() == QColor(THEMES["dark"]["canvas"])


def test_text_size_stays_between_80_and_200(theme: Theme) -> None:
    theme.set(text_size=500)
    assert theme.look.text_size == 200
    theme.set(text_size=10)
    assert theme.look.text_size == 80


def test_reduced_motion_leaves_no_animation(theme: Theme) -> None:
    assert theme.duration() == MOTION_MS
    theme.set(reduce_motion=True)
    assert theme.duration() == 0


def test_icons_follow_the_theme_by_themselves(theme: Theme) -> None:
    def inks() -> set[str]:
        image = shown.pixmap(QSize(24, 24)).toImage()
        solid = [image.pixelColor(x, y) for x in range(24) for y in range(24)]
        return {c.name() for c in solid if c.alpha() == 255}

    shown = icon("x", "text")
    theme.set(theme="light")
    assert inks() == {THEMES["light"]["text"].lower()}
    theme.set(theme="dark")
    assert inks() == {THEMES["dark"]["text"].lower()}


def test_the_look_before_settings_are_read_is_their_default() -> None:
    plain, look = Settings(), Look()
    assert all(
        getattr(plain, name) == getattr(look, name) for name in ("theme", "text_size", "compact", "reduce_motion")
    )


def test_labels_take_their_size_from_the_scale(qapp: QApplication, theme: Theme) -> None:
    made = QLabel("x")
    made.ensurePolished()
    small = made.fontMetrics().height()
    theme.set(text_size=200)
    assert made.fontMetrics().height() >= 1.8 * small
