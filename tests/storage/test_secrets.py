"""Keys: never in plain text, and never lost without a sentence."""

from __future__ import annotations

import base64
import json
import os
import shutil
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import keyring
import keyring.backend
import keyring.backends.fail
import pytest

from studio.storage.secrets import (
    KeyringSecrets,
    NoKeyring,
    SessionSecrets,
    VaultDamaged,
    VaultSecrets,
    WrongPassphrase,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KEY = "sk-very-secret-0123456789"
PASS = "correct horse battery staple"


class InMemory(keyring.backend.KeyringBackend):
    """Stands for the system's keyring."""

    priority = 1  # pyright: ignore[reportAssignmentType]

    def __init__(self) -> None:
        self.all: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.all.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.all[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.all[service, username]


class PlaintextKeyring(InMemory):
    """Stands for a backend that writes plain files."""


@pytest.fixture(autouse=True)
def restored_backend() -> Iterator[None]:
    """Keep a test's backend out of the others."""
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


def test_session_secrets_are_gone_with_the_session() -> None:
    store = SessionSecrets()
    store.set("a", KEY)
    assert store.get("a") == KEY
    store.delete("a")
    store.delete("a")
    assert store.get("a") is None
    assert SessionSecrets().get("a") is None


def test_the_keyring_keeps_and_forgets() -> None:
    backend = InMemory()
    keyring.set_keyring(backend)
    store = KeyringSecrets()
    store.set("connection:OpenAI", KEY)
    assert backend.all == {("TTRPG Studio", "connection:OpenAI"): KEY}
    assert store.get("connection:OpenAI") == KEY
    store.delete("connection:OpenAI")
    store.delete("connection:OpenAI")
    assert store.get("connection:OpenAI") is None


@pytest.mark.parametrize("backend", [keyring.backends.fail.Keyring(), PlaintextKeyring()])
def test_no_keyring_and_a_plain_text_one_are_refused_with_a_choice(backend: keyring.backend.KeyringBackend) -> None:
    keyring.set_keyring(backend)
    with pytest.raises(NoKeyring) as caught:
        KeyringSecrets()
    assert "vault" in caught.value.hint
    assert "session" in caught.value.hint


def test_a_vault_opens_again_with_its_passphrase(tmp_path: Path) -> None:
    path = tmp_path / "keys.vault"
    store = VaultSecrets(path, PASS)
    assert not VaultSecrets.exists(path)
    store.set("a", KEY)
    store.set("b", "ключ")
    assert VaultSecrets.exists(path)
    again = VaultSecrets(path, PASS)
    assert (again.get("a"), again.get("b"), again.get("c")) == (KEY, "ключ", None)
    again.delete("a")
    assert VaultSecrets(path, PASS).get("a") is None


def test_a_vault_file_is_for_the_owner_alone_and_shows_nothing(tmp_path: Path) -> None:
    path = tmp_path / "keys.vault"
    VaultSecrets(path, PASS).set("connection:OpenAI", KEY)
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    data = path.read_bytes()
    assert KEY.encode() not in data
    assert b"OpenAI" not in data
    assert PASS.encode() not in data
    assert [p.name for p in tmp_path.iterdir()] == ["keys.vault"]


def test_two_windows_over_one_vault_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "keys.vault"
    VaultSecrets(path, PASS).set("a", "1")
    one, two = VaultSecrets(path, PASS), VaultSecrets(path, PASS)
    one.set("b", "2")
    two.set("c", "3")
    one.delete("a")
    again = VaultSecrets(path, PASS)
    assert [again.get(n) for n in "abc"] == [None, "2", "3"]


def test_every_write_of_a_vault_has_a_nonce_of_its_own(tmp_path: Path) -> None:
    path, nonces = tmp_path / "keys.vault", set()
    store = VaultSecrets(path, PASS)
    for n in range(5):
        store.set("a", f"{n}")
        nonces.add(json.loads(path.read_text())["nonce"])
    assert len(nonces) == 5


def test_a_wrong_passphrase_is_a_sentence_and_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "keys.vault"
    VaultSecrets(path, PASS).set("a", KEY)
    before = path.read_bytes()
    for wrong in (PASS + " ", PASS.upper(), "x"):
        with pytest.raises(WrongPassphrase):
            VaultSecrets(path, wrong)
    for empty in ("", "   "):
        with pytest.raises(WrongPassphrase):
            VaultSecrets(tmp_path / "new.vault", empty)
    assert path.read_bytes() == before


def test_the_same_passphrase_typed_another_way_opens_it(tmp_path: Path) -> None:
    path = tmp_path / "keys.vault"
    VaultSecrets(path, "caf\u00e9 au lait").set("a", KEY)
    assert VaultSecrets(path, "cafe\u0301 au lait").get("a") == KEY


@pytest.mark.parametrize("part", ["salt", "nonce", "data"])
def test_a_changed_vault_does_not_open(tmp_path: Path, part: str) -> None:
    path = tmp_path / "keys.vault"
    VaultSecrets(path, PASS).set("a", KEY)
    sealed = json.loads(path.read_text())
    raw = bytearray(base64.b64decode(sealed[part]))
    raw[0] ^= 1
    path.write_text(json.dumps(sealed | {part: base64.b64encode(raw).decode()}))
    with pytest.raises(WrongPassphrase):
        VaultSecrets(path, PASS)


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"vault": 9, "salt": "AA==", "nonce": "AA==", "data": "AA=="}'])
def test_a_file_that_is_no_vault_is_told_apart_from_a_wrong_passphrase(tmp_path: Path, content: str) -> None:
    path = tmp_path / "keys.vault"
    path.write_text(content)
    with pytest.raises(VaultDamaged):
        VaultSecrets(path, PASS)


def test_a_real_keyring_daemon_keeps_a_key_for_another_process(tmp_path: Path) -> None:
    daemon, bus = shutil.which("gnome-keyring-daemon"), shutil.which("dbus-run-session")
    if daemon is None or bus is None:
        pytest.skip("gnome-keyring-daemon or dbus-run-session is not installed")
    store = (
        "from studio.storage.secrets import KeyringSecrets; import sys; s = KeyringSecrets(); "
        "s.set('connection:OpenAI', 'sk-real') if sys.argv[1] == 'set' else print(s.get('connection:OpenAI'))"
    )
    script = (
        f"printf '\\n' | {daemon} --unlock --components=secrets >/dev/null && "
        f'{sys.executable} -c "{store}" set && {sys.executable} -c "{store}" get'
    )
    env = os.environ | {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)}
    done = subprocess.run(
        [bus, "--", "sh", "-c", script], capture_output=True, text=True, env=env, check=False, timeout=60
    )
    assert done.stdout.strip() == "sk-real", done.stderr
