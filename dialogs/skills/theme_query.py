"""This month's theme and activity, from the branch's own plan; the locality's 7+5 where a document gives one."""

from __future__ import annotations

from datetime import datetime, timedelta

from dialogs import notify, words
from dialogs.reply import Effect
from dialogs.sessions.finding import stretch
from dialogs.skill import Desk, Done, NotMine, Outcome, Wish
from dialogs.understanding.times import as_span, find_time, say_time
from storage import sessions, tasks, themes
from storage.log import About
from storage.themes import Theme, month_of

A_MONTH = 9
"""Characters of 那下个月呢 and no more."""
MOST_READ_OUT = 3
"""Months that an old ear can keep in mind."""


def act(wish: Wish, desk: Desk) -> Outcome:
    """Say the theme of the month that was asked for; where none is set say so, and put it before the secretary."""
    if wish.text_slot("step") == "month" and len(wish.text) > A_MONTH:
        return NotMine()
    first, last = _months(wish, desk)
    found = themes.themes(desk.db, desk.speaker.branch_id, first, last)
    told = "".join(_told(theme, desk) for theme in _soonest(found, desk))
    asks_plan = any(cue in wish.text for cue in words.lists("skills/theme_query", "cues")["plan"])
    if asks_plan and stretch(wish) is None:
        plan = _plan(desk)
        return Done("plan", {**plan, "months": told}) if plan else Done("no_plan", {"months": told})
    if told:
        return _with_a_way_on(told, first, last, desk)
    return _unset(first, desk)


def _with_a_way_on(told: str, first: str, last: str, desk: Desk) -> Done:
    """The themes, and what can be said next: 几号, 我也参加 are about the sessions of these months."""
    follow = {"month": Wish("theme_query", {})}
    coming = sessions.upcoming(desk.db, desk.branch_id, desk.now)
    theirs = tuple(str(each.id) for each in coming if first <= each.starts_at[: len(first)] <= last)
    if not theirs:
        return Done("theme", {"months": told}, follow=follow)
    choices = {"choices": theirs}
    follow |= {"asks": Wish("session_list", choices), "session_register": Wish("session_register", choices)}
    return Done("theme_ahead", {"months": told}, follow=follow)


def _unset(month: str, desk: Desk) -> Done:
    """Say honestly that there is none; however many ask, the secretary has it on the list once."""
    branch, named = desk.speaker.branch_id, _named(month, desk)
    said = {"month": named, "told": desk.secretary, **_plan(desk)}
    key = "unset_plan" if "document" in said else "unset"
    if tasks.open_task(desk.db, branch, "theme", subject=month):
        return Done(key, said)
    due = desk.now + timedelta(hours=desk.profile.hours("task.theme.hours"))
    task_id = tasks.add_task(desk.db, branch, "theme", desk.speaker.id, desk.now, due, subject=month)
    entry = desk.log("theme_unset", About("task", task_id), name=desk.speaker.name, month=named)
    text = _say("alert", name=desk.speaker.name, month=named, due=say_time(due, desk.now))
    notify.alert(desk, f"task:{task_id}", text, lane="routine")
    return Done(key, said, (Effect("theme_unset", "task", task_id), Effect("logged", "entry", entry.id)))


def _months(wish: Wish, desk: Desk) -> tuple[str, str]:
    """The months that were asked for, or this one."""
    said = find_time(wish.text, desk.now)
    period = stretch(wish) or (as_span(said) if said else None)
    if period is None and any(cue in wish.text for cue in words.lists("skills/theme_query", "cues")["year"]):
        return month_of(desk.now), month_of(desk.now.replace(month=12, day=1))
    if period is None:
        return month_of(desk.now), month_of(desk.now)
    start = datetime.fromisoformat(period.start or "")
    return month_of(start), month_of(datetime.fromisoformat(period.end)) if period.end else month_of(start)


def _soonest(found: list[Theme], desk: Desk) -> list[Theme]:
    """At most three, from this month on where there are such: who asks for the year wants what comes."""
    coming = [theme for theme in found if theme.month >= month_of(desk.now)]
    return (coming or found[-MOST_READ_OUT:])[:MOST_READ_OUT]


def _told(theme: Theme, desk: Desk) -> str:
    key = "month_activity" if theme.activity else "month"
    return _say(key, month=_named(theme.month, desk), theme=theme.theme, activity=theme.activity)


def _named(month: str, desk: Desk) -> str:
    year, number = month.split("-")
    key = "named" if int(year) == desk.now.year else "named_year"
    return _say(key, year=year, number=str(int(number)))


def _plan(desk: Desk) -> dict[str, str]:
    """The fixed and free months of the locality with their source; empty where no document gives them."""
    fixed, free = desk.profile.rules.get("theme.fixed_months"), desk.profile.rules.get("theme.free_months")
    if fixed is None or free is None or not isinstance(fixed.value, tuple):
        return {}
    return {
        "themes": "、".join(fixed.value), "free": str(free.value), "document": fixed.document, "clause": fixed.clause,
    }  # fmt: skip


def _say(key: str, **values: str) -> str:
    return words.load("skills/theme_query", "parts").say(key, **values)
