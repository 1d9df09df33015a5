"""The place for keys that the user chose: the system's keyring, this session only, or a vault with a passphrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.errors import StudioError
from studio.storage.secrets import VAULT_FILE, KeyringSecrets, NoKeyring, SecretStore, SessionSecrets, VaultSecrets

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class VaultLocked(StudioError):
    """The vault has to be opened with its passphrase first."""

    code = "vault_locked"


class KeyChain:
    """A secret store that asks each time which place counts. May block: never on the event loop.

    A key kept for this session is found whatever place is chosen later in the session.
    """

    def __init__(self, folder: Path, *, place: Callable[[], str]) -> None:
        self._vault_path = folder / VAULT_FILE
        self._place = place
        self._session = SessionSecrets()
        self._keyring: KeyringSecrets | None = None
        self._vault: VaultSecrets | None = None

    def keyring_works(self) -> bool:
        """Whether this system has a keyring to use."""
        try:
            self._system()
        except NoKeyring:
            return False
        return True

    @property
    def has_vault(self) -> bool:
        """Whether there is a vault to open, rather than one to make."""
        return VaultSecrets.exists(self._vault_path)

    @property
    def is_unlocked(self) -> bool:
        """Whether the vault is open."""
        return self._vault is not None

    def unlock(self, passphrase: str) -> None:
        """Open the vault, or make it. Raises WrongPassphrase."""
        self._vault = VaultSecrets(self._vault_path, passphrase)

    def get(self, name: str) -> str | None:
        """The secret, or None. Raises NoKeyring or VaultLocked where the chosen place can't be opened."""
        return self._session.get(name) or self._store().get(name)

    def set(self, name: str, value: str) -> None:
        """Keep a secret in the chosen place."""
        self._store().set(name, value)

    def delete(self, name: str) -> None:
        """Forget a secret."""
        self._session.delete(name)
        self._store().delete(name)

    def _system(self) -> KeyringSecrets:
        if self._keyring is None:
            self._keyring = KeyringSecrets()
        return self._keyring

    def _store(self) -> SecretStore:
        place = self._place()
        if place == "session":
            return self._session
        if place == "keyring":
            return self._system()
        if self._vault is None:
            raise VaultLocked("The key vault is locked.", hint="Open it in Settings › Models.")
        return self._vault
