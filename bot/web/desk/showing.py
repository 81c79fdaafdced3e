"""How the desk writes times, money and shifts: filters for its templates."""

from __future__ import annotations

from datetime import datetime

from starlette.templating import Jinja2Templates

from bot.web.wording import choices, wording
from dialogs.care.knowing import called
from dialogs.money import say_yuan
from dialogs.officers.rostering import when


def install(templates: Jinja2Templates) -> None:
    """Make the filters and words known to the templates."""
    templates.env.filters.update(moment=moment, day=day, clock=clock, yuan=yuan, shift=when, part_name=called)
    templates.env.globals.update(wording=wording, choices=choices)


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


def clock(stamp: str) -> str:
    """The time of day: 15:00."""
    return datetime.fromisoformat(stamp).strftime("%H:%M")


def yuan(fen: int | None) -> str:
    """An amount: 90元; empty for none."""
    return "" if fen is None else say_yuan(fen)
