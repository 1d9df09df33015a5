"""Whole worlds by command: what comes in goes out equal, others see no secret, and each day has its own answers."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

WORLDS = (
    "large-orrel", "large-vantry", "small-almanac", "small-bellfounders", "small-brackwater", "small-convoy",
    "small-mayhew", "small-meridian",
)  # fmt: skip
GM_FIELDS = ("secret", "private_agenda", "hidden_details")
LINK = re.compile(r"\[\[([^\]|#\n]+)(?:#[^\]|\n]*)?(?:\|([^\]\n]+))?\]\]")
SECRET = re.compile(r"^> \[!secret\].*?(?:\n\n|\Z)", re.MULTILINE | re.DOTALL | re.IGNORECASE)


def world_file(shared: Path, name: str) -> Path:
    return shared / "eval" / "worlds" / name / "world.json"


@pytest.mark.parametrize("name", WORLDS)
def test_a_world_goes_out_equal_to_how_it_came(run: Any, file: Path, shared: Path, tmp_path: Path, name: str) -> None:
    source = world_file(shared, name)
    assert run("import", file, source, "--json").data["report"]["skipped"] == 0
    assert run("export", file, tmp_path / "out.json", "--format", "world-json").code == 0
    out, came = (json.loads(path.read_text(encoding="utf-8")) for path in (tmp_path / "out.json", source))
    assert out == came


@pytest.fixture(scope="module")
def kept(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The large world in a project file, imported once."""
    from studio.services.exchange import import_files
    from studio.services.workspace import Workspace

    path = tmp_path_factory.mktemp("orrel") / "Orrel.ttrpg"
    workspace = Workspace.create(path, name="Orrel", author="tester", device="d1")
    workspace.run_now(import_files, [world_file(shared, "large-orrel")])
    workspace.close()
    return path


@pytest.fixture
def orrel(kept: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(kept, tmp_path / "Orrel.ttrpg"))


@pytest.fixture(scope="module")
def world(shared: Path) -> dict[str, Any]:
    return json.loads(world_file(shared, "large-orrel").read_text(encoding="utf-8"))


def hidden_words(world: dict[str, Any]) -> set[str]:
    """What only the game master may read: names, texts and values that stand nowhere in what is open to the party."""
    entities, entries = world["entities"], world["entries"]
    closed: set[str] = set()
    for one in entities:
        if one["visibility"] == "gm":
            closed |= {one["name"], one["summary"], *one.get("aliases", ())}
        closed |= {str(one.get("fields", {}).get(field, "")) for field in GM_FIELDS}
        closed |= {block for text in (one["summary"], one["body"]) for block in SECRET.findall(text)}
    closed |= {one["title"] for one in entries if one["visibility"] == "gm"}
    opened = "\n".join(_open_texts(world)).casefold()
    return {word for word in closed if len(word) > 3 and word.casefold() not in opened}


def _open_texts(world: dict[str, Any]) -> Iterator[str]:
    for one in (*world["entities"], *world["entries"]):
        if one["visibility"] != "gm":
            yield one.get("name") or one["title"]
            yield from one.get("aliases", ())
            yield from (_without_targets(text) for text in (one.get("summary", ""), one["body"]))
            yield from (str(v) for k, v in one.get("fields", {}).items() if k not in GM_FIELDS)


def _without_targets(text: str) -> str:
    return LINK.sub(lambda m: m.group(2) or "", SECRET.sub("", text))


def without_echo(done: Any) -> str:
    """What a command said, without the words that it was asked with."""
    return json.dumps({k: v for k, v in done.data.items() if k != "query"}, ensure_ascii=False)


@pytest.mark.parametrize("audience", ["party", "public", "player:Tib Harrow"])
def test_no_reading_command_tells_others_a_secret(
    run: Any, orrel: Path, world: dict[str, Any], tmp_path: Path, audience: str
) -> None:
    hidden = hidden_words(world)
    assert len(hidden) > 20
    seen: dict[str, str] = {}
    as_them = ("--audience", audience)
    listed = run("entity", "list", orrel, "--limit", 1000, "--json", *as_them)
    seen["list"] = listed.out + run("entity", "list", orrel, "--limit", 1000, *as_them).out
    names = [one["name"] for one in listed.data["entities"]]
    ids = [one["id"] for one in listed.data["entities"]]
    assert not {one["name"] for one in world["entities"] if one["visibility"] == "gm"} & set(names)
    for record in ids[::4]:
        seen[f"show {record}"] = run("entity", "show", orrel, record, "--json", *as_them).out
        seen[f"words {record}"] = run("entity", "show", orrel, record, *as_them).out
    for record in ids[::12]:
        seen[f"graph {record}"] = run("graph", orrel, record, "--depth", 3, "--json", *as_them).out
    assert run("graph", orrel, ids[0], "--depth", 2, "--svg", tmp_path / "g.svg", *as_them).code == 0
    seen["svg"] = (tmp_path / "g.svg").read_text(encoding="utf-8")
    for word in sorted(hidden)[::3]:  # by words alone: what meaning finds passes the same gate and takes long to read
        seen[f"search {word}"] = without_echo(run("search", orrel, word[:60], "--no-vectors", "--json", *as_them))
    assert run("export", orrel, tmp_path / "out.json", "--format", "world-json", *as_them).code == 0
    seen["world-json"] = (tmp_path / "out.json").read_text(encoding="utf-8")
    assert run("export", orrel, tmp_path / "md", "--format", "markdown", *as_them).code == 0
    for path in (tmp_path / "md").rglob("*"):
        seen[f"markdown {path.name}"] = path.name + (path.read_text(encoding="utf-8") if path.is_file() else "")
    seen["timeline"] = run("timeline", orrel, "--json", *as_them).out + run("timeline", orrel, *as_them).out
    seen["info"] = run("info", orrel, "--json", *as_them).out
    for way, text in seen.items():
        leaked = [word for word in hidden if word.casefold() in text.casefold()]
        assert not leaked, (way, leaked)
        assert '"lie"' not in text, way


def test_what_is_hidden_is_not_even_confirmed(run: Any, orrel: Path, world: dict[str, Any]) -> None:
    closed = next(one["name"] for one in world["entities"] if one["visibility"] == "gm")
    real = run("entity", "show", orrel, closed, "--audience", "party")
    assert (real.code, real.err.strip().split("”.")[0]) == (1, f"No entry is called “{closed}")
    assert run("graph", orrel, closed, "--audience", "party").code == 1
    shown = run("entity", "list", orrel, "--audience", "party", "--json").data["total"]
    assert shown == sum(one["visibility"] != "gm" for one in world["entities"])


@pytest.mark.parametrize(
    ("whom", "when", "leader"),
    [
        ("The Concord of Locks", "620", "Sabra Whin"),
        ("The Concord of Locks", '{"calendar": "lc", "year": 640, "month": "Heron", "day": 1}', "Edric Dunnock"),
        ("The Free Poles", "627", "Garrick Stroud"),
        ("The Free Poles", "632", "Una Stroud"),
        ("House Ravelin", "640", "Maud Ravelin"),
        ("House Ravelin", "660", "Gaspard Ravelin"),
    ],
)
def test_who_led_on_a_day(run: Any, orrel: Path, whom: str, when: str, leader: str) -> None:
    found = run("entity", "show", orrel, whom, "--as-of", when, "--audience", "party", "--json").data
    told = {f["path"]: f["text"] for f in found["fields"]}
    assert told["fields.leader"] == leader
    led = {r["other"] for r in found["relations"] if r["type"] == "leads" and r["certainty"] == "fact"}
    assert led == {leader}


def test_where_somebody_lived_on_a_day(run: Any, orrel: Path) -> None:
    def homes(when: str) -> list[str]:
        found = run("entity", "show", orrel, "Lady Swanhild", "--as-of", when, "--json").data
        return [r["other"] for r in found["relations"] if r["type"] == "lives_in"]

    assert (homes("620"), homes("604")) == (["Ottermouth"], [])
