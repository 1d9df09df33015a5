"""The user's pages name every command, option and format that there is."""

from pathlib import Path

import pytest

from studio.cli.usage import parser
from studio.services.exchange import EXPORTS
from studio.services.exchange.formats import TEXTS
from studio.services.llm.headless import KEY_VARIABLE
from tests.support.commands import commands_of


@pytest.fixture(scope="module")
def pages(root: Path) -> dict[str, str]:
    return {p.stem: p.read_text(encoding="utf-8") for p in (root / "resources" / "docs" / "user").glob("*.md")}


def test_the_page_of_commands_names_all_of_them_with_their_options(pages: dict[str, str]) -> None:
    page = pages["headless"]
    for name, command in commands_of(parser()).items():
        assert f"`{name}" in page or f"{name} FILE" in page, name
        for action in command._actions:
            for option in action.option_strings:
                if option not in ("-h", "--help"):
                    assert option in page, f"{name} {option}"
    assert KEY_VARIABLE in page


def test_the_page_of_formats_names_all_of_them(pages: dict[str, str]) -> None:
    page = pages["import-export"]
    for name in (
        *EXPORTS,
        *TEXTS,
        "ChatGPT",
        "Claude",
        "Open WebUI",
        "SillyTavern",
        "ttrpg_studio_export.json",
        "conversations.json",
    ):
        assert name in page, name


def test_the_page_of_backups_says_how_many_stay(pages: dict[str, str]) -> None:
    from studio.services.backup import DAILY, LAST, OLD_AFTER, WEEKLY
    from studio.settings import Settings

    words = {8: "eight", 20: "twenty", 14: "fourteen", 3: "three"}
    assert Settings().backup_keep == LAST
    for number in (LAST, DAILY, WEEKLY, OLD_AFTER.days):
        assert words[number] in pages["backup"]
