"""Where keys are kept: the system's keyring, this session only, or a sealed file. Never plain text."""

from __future__ import annotations

import json
import secrets
import threading
import unicodedata
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Any, Protocol

from studio.domain.errors import StudioError
from studio.files import write_whole

if TYPE_CHECKING:
    from pathlib import Path

SERVICE = "TTRPG Studio"
VAULT_FILE = "keys.vault"
_VERSION = 1
_MEMORY_KIB, _PASSES, _LANES = 64 * 1024, 3, 4
"""Argon2id as RFC 9106 §4 recommends for memory-constrained use: 64 MiB, 3 passes, 4 lanes."""


class NoKeyring(StudioError):
    """The system has no keyring that works; the user chooses another place."""

    code = "no_keyring"


class WrongPassphrase(StudioError):
    """The passphrase doesn't open the vault, or the vault was changed by somebody else."""

    code = "wrong_passphrase"


class VaultDamaged(StudioError):
    """The vault file is no vault of ours."""

    code = "vault_damaged"


class SecretStore(Protocol):
    """Keys by name. May block: never on the event loop."""

    def get(self, name: str) -> str | None:
        """The secret, or None."""
        ...

    def set(self, name: str, value: str) -> None:
        """Keep a secret."""
        ...

    def delete(self, name: str) -> None:
        """Forget a secret; one that isn't there is no error."""
        ...


class SessionSecrets:
    """In memory; gone when the app closes."""

    def __init__(self) -> None:
        self._all: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        """The secret, or None."""
        return self._all.get(name)

    def set(self, name: str, value: str) -> None:
        """Keep a secret until the app closes."""
        self._all[name] = value

    def delete(self, name: str) -> None:
        """Forget a secret."""
        self._all.pop(name, None)


def _no_keyring(why: object) -> NoKeyring:
    return NoKeyring(
        f"This system has no keyring that works ({why}).",
        hint="Choose in Settings › Models: keep keys for this session only, or in a vault with a passphrase.",
    )


class KeyringSecrets:
    """Keychain, Credential Manager, Secret Service or KWallet. Raises NoKeyring where there is none."""

    def __init__(self) -> None:
        import keyring
        import keyring.errors

        backend = keyring.get_keyring()
        if not _is_safe(backend):
            raise _no_keyring("no backend")
        self._keyring = backend
        self._errors = keyring.errors

    def get(self, name: str) -> str | None:
        """The secret, or None. Raises NoKeyring when the keyring is locked and stays so."""
        try:
            return self._keyring.get_password(SERVICE, name)
        except self._errors.KeyringError as error:
            raise _no_keyring(error) from error

    def set(self, name: str, value: str) -> None:
        """Keep a secret in the keyring."""
        try:
            self._keyring.set_password(SERVICE, name, value)
        except self._errors.KeyringError as error:
            raise _no_keyring(error) from error

    def delete(self, name: str) -> None:
        """Forget a secret."""
        if self.get(name) is None:
            return
        try:
            self._keyring.delete_password(SERVICE, name)
        except self._errors.KeyringError as error:
            raise _no_keyring(error) from error


def _is_safe(backend: Any) -> bool:
    """False for no backend at all, and for those that write plain text files."""
    members = getattr(backend, "backends", None)
    if members is not None:
        members = list(members)
        return bool(members) and all(_is_safe(member) for member in members)
    kind = type(backend)
    if kind.__module__ in ("keyring.backends.fail", "keyring.backends.null"):
        return False
    return "plaintext" not in kind.__name__.lower() and not kind.__module__.startswith("keyrings.alt.file")


class VaultSecrets:
    """A file sealed with a passphrase: AES-256-GCM under a key that Argon2id makes of it. Opening costs about 0.1 s."""

    def __init__(self, path: Path, passphrase: str) -> None:
        if not passphrase.strip():
            raise WrongPassphrase("The key vault needs a passphrase.", hint="Type one of several words.")
        self._path = path
        self._lock = threading.Lock()
        sealed = _read(path)
        self._salt = b64decode(sealed["salt"]) if sealed else secrets.token_bytes(16)
        self._key = _derive(passphrase, self._salt)
        self._all: dict[str, str] = _unseal(sealed, self._key) if sealed else {}

    @staticmethod
    def exists(path: Path) -> bool:
        """True where there is a vault to open, rather than one to make."""
        return path.is_file()

    def get(self, name: str) -> str | None:
        """The secret, or None."""
        return self._all.get(name)

    def set(self, name: str, value: str) -> None:
        """Keep a secret in the vault."""
        with self._lock:
            self._refresh()
            self._all[name] = value
            self._write()

    def delete(self, name: str) -> None:
        """Forget a secret."""
        with self._lock:
            self._refresh()
            if self._all.pop(name, None) is not None:
                self._write()

    def _refresh(self) -> None:
        """Take in what another window has written meanwhile."""
        sealed = _read(self._path)
        if sealed is not None:
            self._all = _unseal(sealed, self._key)

    def _write(self) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = secrets.token_bytes(12)
        plain = json.dumps(self._all).encode()
        sealed = {
            "vault": _VERSION,
            "kdf": {"name": "argon2id", "memory_kib": _MEMORY_KIB, "passes": _PASSES, "lanes": _LANES},
            "salt": b64encode(self._salt).decode(),
            "nonce": b64encode(nonce).decode(),
            "data": b64encode(AESGCM(self._key).encrypt(nonce, plain, _bound(self._salt))).decode(),
        }
        write_whole(self._path, json.dumps(sealed).encode(), sync=True)


def _bound(salt: bytes) -> bytes:
    """What the seal also covers, so that header and data can't be mixed."""
    return b"ttrpg-studio vault 1|" + salt


def _derive(passphrase: str, salt: bytes) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    kdf = Argon2id(salt=salt, length=32, iterations=_PASSES, lanes=_LANES, memory_cost=_MEMORY_KIB)
    return kdf.derive(unicodedata.normalize("NFKC", passphrase).encode())


def _read(path: Path) -> dict[str, Any] | None:
    if not path.is_file():
        return None
    try:
        sealed = json.loads(path.read_text(encoding="utf-8"))
        parts = [b64decode(sealed[part], validate=True) for part in ("salt", "nonce", "data")]
        if sealed["vault"] != _VERSION or not all(parts):
            raise ValueError("unknown version")
    except (ValueError, KeyError, TypeError) as error:
        raise VaultDamaged(
            f"The key vault {path} can't be read.", hint="Remove it and enter the keys again, or restore it."
        ) from error
    return sealed


def _unseal(sealed: dict[str, Any], key: bytes) -> dict[str, str]:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce, data = (b64decode(sealed[part]) for part in ("salt", "nonce", "data"))
    try:
        return json.loads(AESGCM(key).decrypt(nonce, data, _bound(salt)))
    except InvalidTag as error:
        raise WrongPassphrase("This passphrase doesn't open the key vault.", hint="Try again.") from error
