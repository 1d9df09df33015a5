"""Choosing a preset: the list, and beside it what it would fill."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from studio.domain.blueprint import Blueprint
from studio.services.foundry.presets import Preset, presets, preview
from studio.ui.dialogs.base import Sheet
from studio.ui.kit.base import clear, hbox, label, vbox
from studio.ui.kit.surfaces import Badge, ScrollColumn
from studio.ui.listing import TwoLineList
from studio.ui.theme import look

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class PresetSheet(Sheet):
    """Pick a preset. With a blueprint it shows what would be filled; nothing that is there is ever replaced."""

    def __init__(self, parent: QWidget, blueprint: Blueprint | None) -> None:
        words = "A preset only fills what is empty." if blueprint else "Start from a preset. Everything can be changed."
        super().__init__(parent, "Presets", sentence=words, width=720, height=520)
        self._blueprint = blueprint or Blueprint()
        row = hbox(gap=16)
        self.list = TwoLineList("Presets")
        self.list.setMinimumSize(min(look.px(240), 400), look.px(120))
        self.list.setMaximumWidth(look.px(260))
        for preset in presets():
            self.list.add(preset.key, preset.title, " · ".join(preset.tags), tip=preset.summary)
        self.list.currentRowChanged.connect(lambda _row: self._show())
        self.list.itemActivated.connect(lambda _item: self.accept())
        row.addWidget(self.list)
        self._side = vbox(gap=8)
        self._title = label("", "h3", wrap=True)
        self._summary = label("", "muted", wrap=True)
        self._badge = Badge("", "accent")
        self._fields = ScrollColumn("What it fills", margins=(0, 0, 8, 0), gap=6)
        for part in (self._title, self._summary, self._badge):
            self._side.addWidget(part)
        self._side.addWidget(self._fields, 1)
        row.addLayout(self._side, 1)
        self.body.addLayout(row, 1)
        self.buttons("Apply preset" if blueprint else "Create blueprint")
        self.list.setCurrentRow(0)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def chosen(self) -> Preset:
        """The preset that is picked."""
        return presets()[max(0, self.list.currentRow())]

    def _show(self) -> None:
        preset = self.chosen()
        found = preview(self._blueprint, preset)
        self._title.setText(preset.title)
        self._summary.setText(preset.summary)
        self._badge.set(f"Fills {len(found)} of {len(preset.values)} fields", "accent" if found else "plain")
        clear(self._fields.body)
        for diff in found:
            self._fields.body.addWidget(label(f"{diff.section} · {diff.label}", "caption"))
            self._fields.body.addWidget(label(diff.after, wrap=True))
        self._fields.body.addStretch(1)
        if self.accept_button is not None:
            self.accept_button.setEnabled(bool(found))
