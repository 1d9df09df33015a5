"""The kinds of the open project, kept in memory: what each is called and which fields it has, for menus and pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from studio.ui.theme import look

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.domain.vocabulary import KindSpec


class KindIndex(QObject):
    """Kinds by name. `set_specs` replaces them all; the window does so after each commit that may have changed them."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._specs: dict[str, KindSpec] = {}

    def set_specs(self, specs: Iterable[KindSpec]) -> None:
        """Take the kinds, in the order in which they are offered."""
        wanted = {spec.name: spec for spec in specs}
        if list(wanted.items()) == list(self._specs.items()):
            return
        self._specs = wanted
        look.use_own_icons({spec.name: spec.icon for spec in wanted.values() if spec.icon})
        self.changed.emit()

    def all(self) -> list[KindSpec]:
        """Every kind, those that ship first."""
        from studio.domain.vocabulary import KINDS

        return list((self._specs or KINDS).values())

    def spec(self, kind: str) -> KindSpec:
        """What a kind is called and which fields it has; an unknown one has none."""
        from studio.domain.vocabulary import kind_spec

        return self._specs.get(kind) or kind_spec(kind)

    def label(self, kind: str) -> str:
        """What one thing of a kind is called."""
        return self.spec(kind).label

    def choices(self) -> list[tuple[str, object]]:
        """(label, name) of every kind, for a list to choose from."""
        return [(spec.label, spec.name) for spec in self.all()]
