"""How the desk writes times, money and shifts: filters for its templates."""

from __future__ import annotations

from datetime import datetime

from starlette.templating import Jinja2Templates

from bot.web.wording import choices, wording
from dialogs import words
from dialogs.care.knowing import called
from dialogs.money import say_yuan
from dialogs.officers import roster_keeping
from dialogs.officers.roster_form import OWN
from dialogs.officers.rostering import when

LONGEST = 250
"""Characters of one entry in a list."""
LONGEST_CHAPTER = 600
"""Characters of one chapter on the page of its document."""
PARTS_OF_THE_DAY = (("night", 5), ("early", 8), ("morning", 12), ("noon", 13), ("afternoon", 18), ("evening", 24))
"""Key in [clock] -> the hour at which that part of the day ends."""


def install(templates: Jinja2Templates) -> None:
    """Make the filters and words known to the templates."""
    templates.env.filters.update(moment=moment, day=day, date=date, clock=clock, yuan=yuan, shift=when)
    templates.env.filters.update(
        part_name=called, field_name=roster_keeping.called, role_name=role_name, way_name=way_name
    )
    templates.env.filters.update(clock_name=clock_name, short=short, long=long)
    templates.env.globals.update(wording=wording, choices=choices, clocks=clocks)


def moment(stamp: str | None) -> str:
    """Day and time: 11月25日 14:05; empty for none."""
    if not stamp:
        return ""
    at = datetime.fromisoformat(stamp)
    return wording("desk")["moment"].format(month=at.month, day=at.day, hour=at.hour, minute=at.minute)


def day(stamp: str | datetime | None) -> str:
    """The day with its weekday: 2026年11月25日 星期三; empty for none."""
    if not stamp:
        return ""
    at = datetime.fromisoformat(stamp) if isinstance(stamp, str) else stamp
    words = wording("desk")
    return words["day"].format(year=at.year, month=at.month, day=at.day, weekday=words["weekdays"][at.weekday()])


def date(stamp: str) -> str:
    """The day alone: 2026年11月25日; empty for none."""
    if not stamp:
        return ""
    at = datetime.fromisoformat(stamp)
    return wording("desk")["date"].format(year=at.year, month=at.month, day=at.day)


def role_name(role: str) -> str:
    """How a kind of office is called."""
    return words.load(OWN, "roles").say(role)


def way_name(way: str) -> str:
    """How somebody left, in words."""
    return words.load(OWN, "ways").say(way)


def short(sentence: str) -> str:
    """A sentence of the log; of minutes and the like, which have a page of their own, the beginning."""
    return sentence if len(sentence) <= LONGEST else sentence[:LONGEST] + "……"


def long(text: str) -> str:
    """A chapter as it is looked over here; all of it is heard."""
    return text if len(text) <= LONGEST_CHAPTER else text[:LONGEST_CHAPTER] + "……"


def clock_name(clock: str) -> str:
    """A time of day as one says it: 下午3点半."""
    hour, minute = (int(part) for part in clock.split(":")[:2])
    names = wording("clock")
    part = next(key for key, until in PARTS_OF_THE_DAY if hour < until)
    past = {0: "", 30: names["half"]}.get(minute, names["minutes"].format(minute=minute))
    return names[part].format(hour=hour if hour <= 12 else hour - 12) + past


def clocks(*others: str) -> list[str]:
    """Every half hour of the day, and these times besides."""
    halves = {f"{hour:02}:{minute:02}" for hour in range(24) for minute in (0, 30)}
    return sorted(halves | {each for each in others if each})


def clock(stamp: str) -> str:
    """The time of day: 15:00."""
    return datetime.fromisoformat(stamp).strftime("%H:%M")


def yuan(fen: int | None) -> str:
    """An amount: 90元; empty for none."""
    return "" if fen is None else say_yuan(fen)
