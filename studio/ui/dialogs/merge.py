"""Two entries side by side, and for each field in which they differ whose value stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from studio.ui.dialogs.base import Sheet
from studio.ui.kit import ComboBox, label
from studio.ui.theme import look

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel

    from studio.services.world.merge import Side
    from studio.services.world.merge_form import Choice, MergeForm

_LONG = 300
WORDS: dict[Side, str] = {"left": "← Left", "right": "Right →", "both": "Both"}


class MergeSheet(Sheet):
    """Asks field by field; `choices` says what was chosen, by path. The left entry stays, the right one goes."""

    def __init__(self, parent: QWidget | None, form: MergeForm) -> None:
        super().__init__(
            parent, "Merge two entries",
            sentence="Choose what stays where they differ. It is one change, and one undo takes it back.",
            width=740, height=520,
        )  # fmt: skip
        self.form = form
        self.boxes: dict[str, ComboBox] = {}
        self.body.addLayout(self._fields())
        self.body.addStretch(1)
        for sentence in self._moves():
            self.body.addWidget(label(sentence, "caption", wrap=True))
        self.buttons("Merge")
        first = next(iter(self.boxes.values()), self.accept_button)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fields(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.px(12))
        grid.setVerticalSpacing(look.px(6))
        for at, share in ((0, 5), (1, 2), (2, 5)):
            grid.setColumnStretch(at, share)
        self._put(grid, 0, label("Left: stays", "overline"), None, label("Right: goes to the trash", "overline"))
        line = 1
        for choice in self.form.choices:
            line = self._add(grid, line, choice)
        if not self.form.choices:
            grid.addWidget(
                label("They differ in nothing but what only one of them says.", "muted", wrap=True), 1, 0, 1, 3
            )
        return grid

    def _put(self, grid: QGridLayout, line: int, left: QWidget, middle: QWidget | None, right: QWidget) -> None:
        for at, widget in ((0, left), (1, middle), (2, right)):
            if widget is not None:
                grid.addWidget(widget, line, at, Qt.AlignmentFlag.AlignTop)

    def _add(self, grid: QGridLayout, line: int, choice: Choice) -> int:
        sides: list[Side] = ["left", "right", *(["both"] if choice.both and choice.path != "name" else [])]
        box = ComboBox(f"{choice.label}: whose value stays", [(WORDS[side], side) for side in sides], compact=True)
        box.set_value(choice.default)
        box.setMinimumContentsLength(7)
        if choice.both:
            box.setToolTip(
                f"Both: {choice.both}" if choice.path != "name" else f"{choice.both[0].upper()}{choice.both[1:]}"
            )
        self.boxes[choice.path] = box
        grid.addWidget(label(choice.label, "label"), line, 0, 1, 3)
        self._put(
            grid,
            line + 1,
            _value(choice.left, f"{choice.label}, left"),
            box,
            _value(choice.right, f"{choice.label}, right"),
        )
        return line + 2

    def _moves(self) -> list[str]:
        form = self.form
        said = [f"Moves over: {', '.join(form.moves)}."] if form.moves else []
        said += [f"Comes along, since only the right one says it: {', '.join(form.along)}."] if form.along else []
        return [*said, f"“{form.right_name}” goes to the trash; its name leads to what stays."]

    @property
    def choices(self) -> dict[str, Side]:
        """Whose value stays, by path."""
        return {path: box.value() for path, box in self.boxes.items()}  # pyright: ignore[reportReturnType]


def _sides(choice: Choice) -> tuple[tuple[str, str], ...]:
    return (choice.left, "left"), (choice.right, "right")


def _value(text: str, name: str) -> QLabel:
    shown = text[:_LONG] + ("…" if len(text) > _LONG else "")
    made = label(shown, wrap=True)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    made.setAccessibleName(f"{name}: {shown}")
    return made
