"""Times in words: how long ago, on which day, and exactly."""

from __future__ import annotations

from datetime import date, datetime, timedelta

MINUTE, HOUR, DAY = 60, 3600, 86_400


def ago(then: datetime, now: datetime) -> str:
    """How long ago, as people say it."""
    seconds = (now - then).total_seconds()
    if seconds < MINUTE:
        return "just now"
    if seconds < HOUR:
        return f"{int(seconds // MINUTE)} min ago"
    if seconds < 6 * HOUR:
        return f"{int(seconds // HOUR)} h ago"
    return f"{then.astimezone():%H:%M}"


def day(then: datetime, now: datetime) -> str:
    """The day as a heading: Today, Yesterday, or its date."""
    that, today = then.astimezone().date(), now.astimezone().date()
    if that == today:
        return "Today"
    return "Yesterday" if that == today - timedelta(days=1) else _date(that)


def exactly(then: datetime) -> str:
    """Weekday, date and time to the second, in the time of this machine."""
    local = then.astimezone()
    return f"{_date(local.date())}, {local:%H:%M:%S}"


def _date(that: date) -> str:
    return f"{that:%A} {that.day} {that:%B %Y}"
