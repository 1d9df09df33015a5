"""The headless commands, those inside others too."""

from argparse import ArgumentParser


def commands_of(parser: ArgumentParser) -> dict[str, ArgumentParser]:
    """Every command that runs something, by the words that one types for it: `info`, `entity show`."""
    found: dict[str, ArgumentParser] = {}
    for action in parser._actions:
        for name, command in (action.choices or {}).items() if isinstance(action.choices, dict) else ():
            inner = commands_of(command)
            found |= {f"{name} {more}": one for more, one in inner.items()} if inner else {name: command}
    return found
