"""The page of models and keys, against a real server on this machine: try, keep, remove; keys only where chosen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from studio.services.llm.desk import ModelDesk
from studio.ui.dialogs.models import ModelsPage
from studio.ui.kit.surfaces import Badge
from studio.ui.tasks import Tasks
from tests.support.provider import ScriptedProvider

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from studio.settings import SettingsStore

Run = Callable[[Any], Any]


@pytest.fixture
def provider() -> Iterator[ScriptedProvider]:
    with ScriptedProvider(key="right-key", models=("fake-large", "fake-small")) as server:
        yield server


@pytest.fixture
def messages() -> list[str]:
    return []


@pytest.fixture
def desk(settings: SettingsStore, run: Run) -> Iterator[ModelDesk]:
    settings.set(key_store="session")
    made = run(ModelDesk.load(settings))
    yield made
    run(made.aclose())


@pytest.fixture
def page(
    desk: ModelDesk, settings: SettingsStore, qtbot: QtBot, theme: Any, messages: list[str]
) -> Iterator[ModelsPage]:
    host = QWidget()
    qtbot.addWidget(host)
    crashes: list[BaseException] = []
    made = ModelsPage(desk, settings, Tasks(host, on_message=messages.append, on_crash=crashes.append))
    made.setParent(host)
    host.resize(700, 900)
    host.show()
    yield made
    assert crashes == []


def fill_in(page: ModelsPage, *, url: str, key: str) -> None:
    page.form.provider.set_value("openai_compat")
    page.form._show_provider()
    page.form.name.setText("My server")
    page.form.url.setText(url)
    page.form.key.setText(key)
    page.form.save.click()


def test_a_connection_that_works_is_kept_with_its_models(
    page: ModelsPage, desk: ModelDesk, provider: ScriptedProvider, qtbot: QtBot, run: Run
) -> None:
    with qtbot.waitSignal(page.changed, timeout=20_000):
        fill_in(page, url=provider.url, key="right-key")
    assert page.form.result.text() == "Works, 2 models."
    assert [(c.name, c.models) for c in desk.connections] == [("My server", ("fake-large", "fake-small"))]
    assert run(asyncio.to_thread(desk.keys.get, desk.connections[0].secret_name)) == "right-key"
    assert page.form.key.text() == ""
    assert [choice.label for choice in desk.gateway.models.available()] == ["fake-large", "fake-small"]


def test_a_wrong_key_is_a_sentence_and_nothing_is_kept(
    page: ModelsPage, desk: ModelDesk, provider: ScriptedProvider, qtbot: QtBot
) -> None:
    fill_in(page, url=provider.url, key="wrong-key")
    qtbot.waitUntil(lambda: page.form.result.text() not in ("", "Trying…"), timeout=20_000)
    assert page.form.result.property("role") == "danger"
    assert desk.connections == []


def test_a_dead_address_is_a_sentence(page: ModelsPage, desk: ModelDesk, qtbot: QtBot) -> None:
    fill_in(page, url="http://127.0.0.1:9/v1", key="")
    qtbot.waitUntil(lambda: page.form.result.text() not in ("", "Trying…"), timeout=20_000)
    assert page.form.result.property("role") == "danger"
    assert desk.connections == []


def test_removing_a_connection_forgets_its_key(
    page: ModelsPage, desk: ModelDesk, provider: ScriptedProvider, qtbot: QtBot, run: Run
) -> None:
    with qtbot.waitSignal(page.changed, timeout=20_000):
        fill_in(page, url=provider.url, key="right-key")
    secret = desk.connections[0].secret_name
    with qtbot.waitSignal(page.changed, timeout=10_000):
        page.remove("My server")
    assert desk.connections == []
    assert run(asyncio.to_thread(desk.keys.get, secret)) is None


def test_a_server_on_this_machine_is_found_and_added_by_one_click(
    page: ModelsPage, desk: ModelDesk, qtbot: QtBot, tmp_path: Path
) -> None:
    spec = next(spec for spec in desk.providers if spec.id == "ollama")
    port = int(spec.list_url.rpartition(":")[2].split("/")[0])
    try:
        server = ScriptedProvider(models=("qwen3:8b",), port=port)
        server.__enter__()
    except RuntimeError:
        pytest.skip(f"port {port} is taken on this machine")
    try:
        page.detect()
        qtbot.waitUntil(page._local.isVisible, timeout=20_000)
        assert [badge.text() for badge in page._local.findChildren(Badge)] == ["Running"]
        button = next(b for b in page._local.findChildren(QPushButton) if b.text() == "Add")
        assert button.accessibleName() == "Add Ollama"
        with qtbot.waitSignal(page.changed, timeout=10_000):
            button.click()
        assert [c.name for c in desk.connections] == ["Ollama"]
    finally:
        server.__exit__(None, None, None)


def test_without_a_keyring_a_key_is_refused_until_a_place_is_chosen(
    page: ModelsPage, desk: ModelDesk, settings: SettingsStore, provider: ScriptedProvider,
    qtbot: QtBot, messages: list[str],
) -> None:  # fmt: skip
    settings.set(key_store="keyring")
    fill_in(page, url=provider.url, key="right-key")
    qtbot.waitUntil(lambda: bool(messages) or bool(desk.connections), timeout=20_000)
    if desk.connections:
        pytest.skip("this machine has a keyring")
    assert "no keyring" in messages[0]


def test_the_vault_opens_with_its_passphrase_alone(
    page: ModelsPage, desk: ModelDesk, settings: SettingsStore, qtbot: QtBot, run: Run
) -> None:
    page.store.buttons["vault"].click()
    assert settings.value.key_store == "vault"
    assert page.store.open.text() == "Make the vault"
    page.store.passphrase.setText("three salt cities")
    page.store.open.click()
    qtbot.waitUntil(lambda: desk.keys.is_unlocked, timeout=20_000)
    run(asyncio.to_thread(desk.keys.set, "connection:x", "secret"))
    words = [label.text() for label in page.store.findChildren(QLabel)]
    assert "The vault is open until the application closes." in words


def test_enter_in_the_form_tries_and_the_result_is_in_sight(page: ModelsPage, qtbot: QtBot) -> None:
    page.resize(520, 240)
    page.form.provider.set_value("openai_compat")
    page.form._show_provider()
    page.form.url.setText("http://127.0.0.1:9/v1")
    page.verticalScrollBar().setValue(0)
    qtbot.keyClick(page.form.url, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.form.result.property("role") == "danger", timeout=20_000)
    qtbot.waitUntil(lambda: not page.form.result.visibleRegion().isEmpty())
