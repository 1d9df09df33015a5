"""The kit: every basic widget of the product, named, sized and styled once. Docks are made of these."""

from studio.ui.kit.base import clear, hbox, label, named, rule, style, vbox
from studio.ui.kit.buttons import Button, IconButton, IconMenuButton, MenuButton, MenuItem, SplitButton, build_menu
from studio.ui.kit.chips import Chip, TagEditor
from studio.ui.kit.confidence import ConfidenceLabel, KindIcon, confidence_text, confidence_word
from studio.ui.kit.feedback import ProgressRow, Toast
from studio.ui.kit.fields import CheckBox, ComboBox, DecimalBox, LineEdit, NumberBox, SearchField
from studio.ui.kit.flow import FlowLayout
from studio.ui.kit.form import FormRow
from studio.ui.kit.markdown import Completion, MarkdownEdit
from studio.ui.kit.surfaces import Badge, Banner, Card, EmptyState, ScrollColumn, Section
from studio.ui.kit.text import TextEdit

__all__ = [
    "Badge", "Banner", "Button", "Card", "CheckBox", "Chip", "ComboBox", "Completion", "ConfidenceLabel", "DecimalBox",
    "EmptyState", "FlowLayout", "FormRow", "IconButton", "IconMenuButton", "KindIcon", "LineEdit", "MarkdownEdit",
    "MenuButton", "MenuItem", "NumberBox", "ProgressRow", "ScrollColumn", "SearchField", "Section", "SplitButton",
    "TagEditor", "TextEdit", "Toast", "build_menu", "clear", "confidence_text", "confidence_word", "hbox", "label",
    "named", "rule", "style", "vbox",
]  # fmt: skip
