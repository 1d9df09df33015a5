"""How the result should look, and what must not be in it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from studio.domain.recipe import NegativePolicy, StyleProfile
from studio.services.forge.style import PROVIDERS
from studio.ui.kit.base import clear, hbox, vbox
from studio.ui.kit.buttons import IconButton, MenuButton
from studio.ui.kit.chips import TagEditor
from studio.ui.kit.fields import ComboBox, LineEdit
from studio.ui.kit.form import FormRow

_PARTS = (
    ("style", "Style", "oil painting, visible brushwork"), ("lighting", "Lighting", "one lantern from the left"),
    ("mood", "Mood", "charged stillness"), ("framing", "Framing", "wide lens, low horizon"),
    ("palette", "Palette", "cold greens, one spot of amber"),
)  # fmt: skip
_DETAIL: list[tuple[str, object]] = [("Not set", None), *((str(n), n) for n in range(11))]


class StyleEditor(QWidget):
    """The style profile."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = vbox(self, gap=8)
        self._lines: dict[str, LineEdit] = {}
        for name, words, example in _PARTS:
            line = LineEdit(words, placeholder=example)
            line.textEdited.connect(lambda _text: self.changed.emit())
            self._lines[name] = line
            column.addWidget(FormRow(words, line))
        self._detail = ComboBox("Detail", _DETAIL)
        self._detail.chosen.connect(lambda _v: self.changed.emit())
        column.addWidget(FormRow("Detail, 0 to 10", self._detail))
        self._references = TagEditor("References", placeholder="Add…")
        self._references.changed.connect(lambda _tags: self.changed.emit())
        column.addWidget(FormRow("References", self._references))

    def value(self) -> StyleProfile:
        """The profile as it stands."""
        said = {name: " ".join(line.text().split()) for name, line in self._lines.items()}
        return StyleProfile.model_validate(
            {**said, "detail": self._detail.currentData(), "references": tuple(self._references.tags())}
        )

    def set_value(self, profile: StyleProfile) -> None:
        """Show a profile without firing `changed`."""
        if profile == self.value():
            return
        for name, line in self._lines.items():
            line.set_text(getattr(profile, name))
        self._detail.setCurrentIndex(0 if profile.detail is None else profile.detail + 1)
        self._references.set_tags(profile.references)


class AvoidEditor(QWidget):
    """The negative policy: always, and by provider."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = vbox(self, gap=8)
        self._always = TagEditor("Avoid always", placeholder="Add…")
        self._always.changed.connect(lambda _tags: self.changed.emit())
        column.addWidget(FormRow("Always", self._always, helper="Write the thing itself: “text”, not “no text”."))
        self._rows = vbox(gap=8)
        column.addLayout(self._rows)
        self._editors: dict[str, TagEditor] = {}
        items = [(p.replace("-", " ").capitalize(), lambda p=p: self._add(p)) for p in PROVIDERS]
        add = MenuButton("Add for one provider", list(items), icon="plus", variant="ghost", compact=True)
        column.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)

    def value(self) -> NegativePolicy:
        """The policy as it stands."""
        per = {name: tuple(editor.tags()) for name, editor in self._editors.items() if editor.tags()}
        return NegativePolicy(always=tuple(self._always.tags()), per_provider=per)

    def set_value(self, policy: NegativePolicy) -> None:
        """Show a policy without firing `changed`."""
        if policy == self.value():
            return
        self._always.set_tags(policy.always)
        self._draw(policy.per_provider)

    def _draw(self, per_provider: dict[str, tuple[str, ...]]) -> None:
        clear(self._rows)
        self._editors = {}
        for name, items in per_provider.items():
            words = name.replace("-", " ").capitalize()
            editor = TagEditor(f"Avoid for {words}", items, placeholder="Add…")
            editor.changed.connect(lambda _tags: self.changed.emit())
            host = QWidget()
            row = hbox(host, gap=4)
            row.addWidget(editor, 1)
            remove = IconButton("trash-2", f"Remove what {words} avoids", lambda name=name: self._remove(name))
            row.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)
            host.setFocusProxy(editor)
            self._editors[name] = editor
            self._rows.addWidget(FormRow(f"{words} only", host))

    def _add(self, provider: str) -> None:
        if provider not in self._editors:
            self._draw({**{n: tuple(e.tags()) for n, e in self._editors.items()}, provider: ()})
        self._editors[provider].setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self, provider: str) -> None:
        self._draw({n: tuple(e.tags()) for n, e in self._editors.items() if n != provider})
        self.changed.emit()
