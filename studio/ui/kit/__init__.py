"""The kit: every basic widget of the product, named, sized and styled once. Docks are made of these."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from studio.ui.kit.base import clear, hbox, label, named, plain_tip, rule, style, vbox
    from studio.ui.kit.buttons import (
        Button,
        IconButton,
        IconMenuButton,
        MenuButton,
        MenuItem,
        SplitButton,
        build_menu,
        context_menu,
    )
    from studio.ui.kit.chips import Chip, TagEditor
    from studio.ui.kit.clock import ClockDial
    from studio.ui.kit.confidence import ConfidenceLabel, KindIcon, confidence_text, confidence_word
    from studio.ui.kit.feedback import ProgressRow, Toast
    from studio.ui.kit.fields import CheckBox, ComboBox, DecimalBox, LineEdit, NumberBox, SearchField
    from studio.ui.kit.flow import FlowLayout
    from studio.ui.kit.form import FormRow
    from studio.ui.kit.markdown import Completion, MarkdownEdit
    from studio.ui.kit.surfaces import Badge, Banner, Card, EmptyState, ScrollColumn, Section
    from studio.ui.kit.text import TextEdit

# The first paint needs three of these modules; the others are imported when they are first asked for.
_HOMES = {
    "base": "clear hbox label named rule style plain_tip vbox",
    "buttons": "Button IconButton IconMenuButton MenuButton MenuItem SplitButton build_menu context_menu",
    "chips": "Chip TagEditor",
    "clock": "ClockDial",
    "confidence": "ConfidenceLabel KindIcon confidence_text confidence_word",
    "feedback": "ProgressRow Toast",
    "fields": "CheckBox ComboBox DecimalBox LineEdit NumberBox SearchField",
    "flow": "FlowLayout",
    "form": "FormRow",
    "markdown": "Completion MarkdownEdit",
    "surfaces": "Badge Banner Card EmptyState ScrollColumn Section",
    "text": "TextEdit",
}
_MODULE = {name: module for module, names in _HOMES.items() for name in names.split()}

__all__ = [
    "Badge",
    "Banner",
    "Button",
    "Card",
    "CheckBox",
    "Chip",
    "ClockDial",
    "ComboBox",
    "Completion",
    "ConfidenceLabel",
    "DecimalBox",
    "EmptyState",
    "FlowLayout",
    "FormRow",
    "IconButton",
    "IconMenuButton",
    "KindIcon",
    "LineEdit",
    "MarkdownEdit",
    "MenuButton",
    "MenuItem",
    "NumberBox",
    "ProgressRow",
    "ScrollColumn",
    "SearchField",
    "Section",
    "SplitButton",
    "TagEditor",
    "TextEdit",
    "Toast",
    "build_menu",
    "clear",
    "confidence_text",
    "confidence_word",
    "context_menu",
    "hbox",
    "label",
    "named",
    "plain_tip",
    "rule",
    "style",
    "vbox",
]


def __getattr__(name: str) -> Any:
    if name not in _MODULE:
        raise AttributeError(name)
    return getattr(import_module(f"studio.ui.kit.{_MODULE[name]}"), name)
