"""The user's connections to providers, as JSON without keys; those lie in the secret store by `secret_name`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field, TypeAdapter, ValidationError

from studio.domain.errors import Invalid, NotFound
from studio.domain.record import Frozen
from studio.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILE = "connections.json"


class Connection(Frozen):
    """One provider as the user set it up. An empty `base_url` means the provider's own; `models` are what it listed."""

    name: str = Field(min_length=1, max_length=80, pattern=r"^[^/:]+$")
    provider: str
    base_url: str = ""
    models: tuple[str, ...] = ()

    @property
    def secret_name(self) -> str:
        """Where the key of this connection lies in the secret store."""
        return f"connection:{self.name}"


_ALL = TypeAdapter(tuple[Connection, ...])


class Connections:
    """All connections, loaded once and written on every change. Reads and writes files: not for the event loop."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._all: dict[str, Connection] = {c.name: c for c in self._read()}

    def _read(self) -> tuple[Connection, ...]:
        if not self._path.is_file():
            return ()
        try:
            return _ALL.validate_json(self._path.read_bytes())
        except ValidationError as error:
            raise Invalid(
                f"The list of model connections {self._path} is damaged.",
                hint="Correct it or remove it, then add the connections again.",
            ) from error

    def __iter__(self) -> Iterator[Connection]:
        return iter(self._all.values())

    def get(self, name: str) -> Connection:
        """The connection of this name; raises NotFound."""
        if (found := self._all.get(name)) is None:
            raise NotFound(f"There is no model connection called “{name}”.")
        return found

    def of_provider(self, provider: str) -> Connection | None:
        """The first connection to this kind of provider, or None."""
        return next((c for c in self if c.provider == provider), None)

    def save(self, connection: Connection) -> None:
        """Add a connection, or replace the one of the same name."""
        self._all[connection.name] = connection
        self._write()

    def remove(self, name: str) -> None:
        """Forget a connection; its key is removed by whoever holds the secret store."""
        self.get(name)
        del self._all[name]
        self._write()

    def _write(self) -> None:
        write_whole(self._path, _ALL.dump_json(tuple(self), indent=2), sync=True)
