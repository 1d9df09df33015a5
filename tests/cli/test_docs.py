"""The user's pages name every command, option and format that there is."""

import re
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


def test_every_picture_is_there_in_light_and_dark_and_is_shown(root: Path) -> None:
    folder = root / "resources" / "docs" / "pictures"
    texts = [p.read_text(encoding="utf-8") for p in (root / "resources" / "docs").rglob("*.md")]
    shown = {name for text in texts for name in re.findall(r"!\[[^\]]+\]\(\.\./pictures/([\w-]+)\.png\)", text)}
    there = {p.stem for p in folder.glob("*.png")}
    scenes = (root / "packaging" / "picture_scenes.py").read_text(encoding="utf-8")
    assert shown == set(re.findall(r'Scene\("([\w-]+)"', scenes))
    assert there == shown | {f"{name}-dark" for name in shown}
    assert sum(p.stat().st_size for p in folder.glob("*.png")) < 1_500_000


def test_links_between_pages_lead_to_pages_and_headings(root: Path) -> None:
    for page in (root / "resources" / "docs").rglob("*.md"):
        for name, heading in re.findall(r"\]\(([\w./-]+\.md)?#?([\w-]*)\)", page.read_text(encoding="utf-8")):
            target = (page.parent / name).resolve() if name else page
            assert target.is_file(), f"{page.name}: {name}"
            heads = [h.lower() for h in re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE)]
            anchors = {re.sub(r"[^\w -]", "", h).replace(" ", "-") for h in heads}
            assert not heading or heading in anchors, f"{page.name}: {name}#{heading}"
