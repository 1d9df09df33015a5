"""The fantasy calendar of donjon.bin.sh: a flat JSON, its festivals as months of one day."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from studio.services.exchange.calendars.drafts import Draft, done, names_of, one, text, whole
from studio.services.exchange.material import Material

if TYPE_CHECKING:
    from studio.services.exchange.probe import Probe

Json = dict[str, Any]
SOURCE = "donjon"
_DATE = re.compile(r"\s*(-?\d{1,9})-(\d{1,3})-(\d{1,4})\s*")


def claims(probe: Probe) -> bool:
    """JSON with `month_len` by the names in `months`."""
    data = probe.json
    if not isinstance(data, dict) or not isinstance(data.get("months"), list):
        return False
    return isinstance(data.get("month_len"), dict) and "year_len" in data


def read(probe: Probe) -> Material:
    """The calendar, with its notes as events."""
    data = one(probe.json)
    found = Material(source=SOURCE, title=f"the calendar “{probe.stem}”")
    draft = Draft(found, probe.stem, text(data.get("name")) or probe.stem)
    draft.definition["year_zero"] = True
    lengths = one(data.get("month_len"))
    for name in data["months"][:101]:
        draft.month(text(name), whole(lengths.get(text(name))))
    draft.definition["weekdays"] = names_of(data.get("weekdays"))
    if draft.counts():
        _finish(draft, data, lengths)
    return done(found, probe.name)


def _finish(draft: Draft, data: Json, lengths: Json) -> None:
    year = whole(data.get("year")) or 1
    first = year if abs(year) < 10**6 else 1
    draft.week_begins(first, data.get("first_day"))
    total, told = sum(whole(days) or 0 for days in lengths.values()), whole(data.get("year_len"))
    if told is not None and told != total:
        draft.note(f"its year has {told} days there, and its months {total} together; the months count")
    cycles, shifts = one(data.get("lunar_cyc")), one(data.get("lunar_shf"))
    moons = data.get("moons") if isinstance(data.get("moons"), list) else []
    for moon in (moons or [])[:61]:
        name = text(moon)
        new_on = draft.system().year_first(first) - (whole(shifts.get(name)) or 0)
        draft.moon(name, cycles.get(name), new_on)
    for key, words in one(data.get("notes")).items():
        _note(draft, key, text(words))
    draft.finish({k: v for k, v in data.items() if k != "notes"})


def _note(draft: Draft, key: str, words: str) -> None:
    """A note under `year-month-day`, the month counted from 1."""
    match = _DATE.fullmatch(key)
    start = draft.date(match[1], int(match[2]) - 1, match[3]) if match else None
    if start is None:
        draft.note(f"the note under “{key[:40]}” has no date that can be read")
    title = " ".join(words.split())
    name = title if len(title) <= 60 else title[:60].rsplit(" ", 1)[0] + "…"
    draft.event(key, name, told="note", body=words if name != title else "", start=start, raw={"date": key})
