"""The continuity check at 10,000 entities: as a whole, in slices of the database's time, and after one commit."""

import gc
import json
import random
import resource
import statistics
import time
from collections.abc import Iterator
from typing import Any

import pytest

from studio.domain.ids import RecordId
from studio.domain.record import Status
from studio.domain.world import Alias, Calendar, Claim, Entity, Entry, Relation
from studio.services.continuity import check, reading
from studio.services.continuity.standing import Standing
from studio.services.world import entities
from studio.storage.project import Project
from tests.bench.measuring import Report, percentile

pytestmark = pytest.mark.bench
WRONG = 0.01
COUNT, RELATIONS, CLAIMS, NOTES = 10_000, 25_000, 15_000, 1_000
SYLLABLES = (
    "an",
    "bar",
    "cor",
    "del",
    "eth",
    "gar",
    "hol",
    "jor",
    "mar",
    "sol",
    "tar",
    "ul",
    "vey",
    "zel",
    "bri",
    "kro",
)
MONTHS = [{"name": f"Month{n}", "days": 30} for n in range(1, 13)]


def on(year: int, chance: random.Random) -> dict[str, Any]:
    return {"calendar": "c", "year": year, "month": f"Month{chance.randint(1, 12)}", "day": chance.randint(1, 30)}


def fill(project: Project) -> list[RecordId]:
    """People with lives, places within places, events with guests, and what is said of them."""
    chance = random.Random(5)
    word = lambda: "".join(chance.choice(SYLLABLES) for _ in range(3)).capitalize()  # noqa: E731
    with project.commit("bench.fill", "Fill") as commit:
        commit.put(Calendar(name="Count", definition={"key": "c", "name": "Count", "months": MONTHS}))
    with project.commit("bench.fill", "Fill") as commit:
        made = [commit.put(_entity(n, chance, word)) for n in range(COUNT)]
        ids = {kind: [one.id for one in made if one.kind == kind] for kind in ("npc", "location", "event", "faction")}
        for n, place in enumerate(ids["location"][1:], 1):
            commit.put(Relation(from_id=place, type="located_in", to_id=ids["location"][n // 7]))
        for event in ids["event"]:
            commit.put(Relation(from_id=event, type="happened_at", to_id=chance.choice(ids["location"])))
        year_of = {one.id: _year(one) for one in made}
        for _ in range(RELATIONS - len(ids["location"]) - len(ids["event"])):
            type_, other = chance.choice((
                ("participated_in", "event"), ("member_of", "faction"), ("lives_in", "location"), ("parent_of", "npc"),
                ("loves", "npc"), ("serves", "faction"),
            ))  # fmt: skip
            who, whom = chance.choice(ids["npc"]), chance.choice(ids[other])
            wrong = chance.random() < WRONG
            if type_ in ("participated_in", "parent_of") and not wrong:
                fitting = [one for one in chance.choices(ids[other], k=60) if 20 < year_of[one] - year_of[who] < 50]
                whom = fitting[0] if fitting else who
            year = year_of[who] + (90 if wrong else 30)
            dated = type_ in ("member_of", "lives_in", "serves")
            commit.put(Relation(from_id=who, type=type_ if whom != who else "loves", to_id=whom,
                                valid_from=on(year, chance) if dated else None))  # fmt: skip
        for _ in range(CLAIMS):
            predicate, value = chance.choice(
                (("eye_colour", "grey"), ("skill", word()), ("height", "6 feet"), ("likes", word()))
            )
            commit.put(Claim(subject_id=chance.choice(made).id, predicate=predicate, value=value))
        for n in range(NOTES):
            body = " ".join(f"[[{chance.choice(made).name}]] came in and told us of {word()}." for _ in range(4))
            mode = chance.choice(("session", "log", "note"))
            commit.put(Entry(title=f"Session {n}", body=body, mode=mode, in_world_date=on(300 + n % 100, chance)))
    return ids["npc"]


def _year(entity: Entity) -> int:
    date = next((one for one in entity.fields.values() if isinstance(one, dict)), {})
    return int(date.get("year", 0))


def _entity(n: int, chance: random.Random, word: Any) -> Entity:
    kind = chance.choice(("npc", "npc", "npc", "location", "event", "faction", "item"))
    year = chance.randint(300, 700)
    dates = {
        "npc": {"birth": on(year, chance), "death": on(year + 60, chance), "age": "60"},
        "event": {"start": on(year, chance)}, "location": {"founded": on(100, chance)},
        "faction": {"founded": on(100, chance)}, "item": {},
    }  # fmt: skip
    return Entity(
        kind=kind, name=f"{word()} {word()}", aliases=(Alias(name=f"{word()} of {word()}"),) if n % 3 == 0 else (),
        body=f"{word()} met somebody at noon, and {word()} went home again by the river. " * 8, status=Status.CANON,
        fields={"role": word(), **dates[kind]},
    )  # fmt: skip


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Project, list[RecordId]]]:
    project = Project.create(tmp_path_factory.mktemp("big") / "big.ttrpg", name="Big", author="b", device="b")
    people = fill(project)
    gc.collect()
    gc.disable()  # as the app does: it collects when it is idle
    yield project, people
    gc.enable()
    project.close()


def ms(since: float) -> float:
    return (time.perf_counter() - since) * 1000


def test_a_check_of_everything(big: tuple[Project, list[RecordId]], report: Report) -> None:
    project, _ = big
    texts = [row[0] for table in reading.TABLES for row in project.sql.execute(f"SELECT data FROM {table}")]
    started = time.perf_counter()
    for text in texts:
        json.loads(text)
    floor = ms(started)
    slices = []
    world = reading.blank(project)
    reader = reading.slices(project)
    parsed = 0.0
    while True:
        started = time.perf_counter()
        if (rows := next(reader, None)) is None:
            break
        slices.append(ms(started))
        started = time.perf_counter()
        reading.fill(world, rows)
        parsed += ms(started)
    report.add("continuity, longest hold of the database for a slice", max(slices), limit=50)
    report.add("continuity, facts of 10,000 entities parsed (floor: their JSON)", parsed, limit=5000, floor=floor)
    started = time.perf_counter()
    for _ in check.each(world):
        pass
    report.add("continuity, all rules over 10,000 entities", ms(started), limit=10_000, floor=floor)
    started = time.perf_counter()
    standing = Standing(world)
    assert standing.check_all()
    report.add(
        "continuity, full check of 10,000 entities", ms(started) + parsed + sum(slices), limit=10_000, floor=floor
    )
    report.add("continuity, memory of the process after it", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
               unit="MB")  # fmt: skip


def test_a_check_after_one_commit(big: tuple[Project, list[RecordId]], report: Report) -> None:
    project, people = big
    standing = Standing(reading.read(project))
    standing.check_all()
    chance = random.Random(7)
    commits, checks, asked = [], [], []
    for n in range(40):
        who = chance.choice(people)
        changes: dict[str, Any] = {"body": f"Edited {n}."} if n % 2 else {"fields.birth": on(400 + n, chance)}
        started = time.perf_counter()
        entities.update_entity(project, who, changes)
        commits.append(ms(started))
        started = time.perf_counter()
        change = standing.follow({who}, reading.fetch_these(project, {who}))
        checks.append(ms(started))
        asked.append(change.asked)
    floor = statistics.median(commits)
    report.add(
        "continuity, check after one commit, median (floor: the commit)",
        statistics.median(checks),
        limit=50,
        floor=floor,
    )
    report.add("continuity, check after one commit, p95", percentile(checks, 95), limit=50, floor=floor)
    report.add("continuity, records asked again, median", statistics.median(asked), unit="", limit=200)
