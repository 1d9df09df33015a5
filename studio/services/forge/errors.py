"""What can be wrong with a recipe, each with the place to mend."""

from __future__ import annotations

from studio.domain.errors import StudioError


class TemplateProblem(StudioError):
    """A block's text isn't a template that we run. `block` is its index, `line` counts from 1; None where unknown."""

    code = "template"

    def __init__(self, sentence: str, *, block: int | None = None, line: int | None = None) -> None:
        super().__init__(sentence)
        self.block = block
        self.line = line


class MissingSlots(StudioError):
    """Required slots are empty; `names` says which."""

    code = "missing_slots"

    def __init__(self, names: tuple[str, ...]) -> None:
        listed = ", ".join(f"“{n}”" for n in names)
        super().__init__(f"Fill {listed} first: this recipe needs {'it' if len(names) == 1 else 'them'}.")
        self.names = names


class BadSlotValue(StudioError):
    """A slot holds something that its type doesn't allow; `name` says which slot."""

    code = "slot_value"

    def __init__(self, name: str, sentence: str) -> None:
        super().__init__(f"“{name}”: {sentence}")
        self.name = name


class HiddenFromModels(StudioError):
    """An entity that must never reach a model was put into a slot."""

    code = "ai_never"


class IncludeProblem(StudioError):
    """An included recipe isn't there, or includes go round in a circle."""

    code = "include"


class PromptTooLong(StudioError):
    """The rendered prompt is over the limit; nothing was sent."""

    code = "prompt_too_long"
