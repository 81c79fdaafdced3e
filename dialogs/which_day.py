"""A doubtful time becomes a short question before anything is written: 今天，十一月二十二号，星期天，还是……

Where a session is looked for, the calendar settles most doubts: of two Sundays only one has a session. What only looks
things up is asked about where two days may be meant; where something is written, also where a day was but half heard.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from dialogs import words
from dialogs.sessions.finding import fitting
from dialogs.skill import Ask, Desk, Option, Wish, with_slots
from dialogs.understanding.meaning import Span, interval, span_of
from dialogs.understanding.times import as_span, find_time, say_time, time_of
from storage import places, sessions

OWN = "which_day"
"""The file with the words, and with what each kind of wish looks at."""
NAMES = ("when", "period")
REACH = timedelta(days=400)
"""How far the calendar is looked at, either way."""


def settled(wish: Wish, desk: Desk) -> Wish | Ask:
    """The wish with its doubtful time settled by the calendar, as it is where nothing is to ask, or the question."""
    if _looks_at("itself", wish) or "session" in wish.slots:
        return wish
    return asked(wish, desk)


def asked(wish: Wish, desk: Desk) -> Wish | Ask:
    """The same for a skill that knows itself when it has to ask."""
    if _looks_at("one_day", wish) and isinstance(when := wish.slots.get("when"), Span):
        if day := _day_within(wish, desk):
            wish = _with(wish, "when", day)
            wish = replace(wish, slots={name: value for name, value in wish.slots.items() if name != "within"})
        elif "within" not in wish.slots and _several_days(when):
            said = say_time(time_of(when), desk.now)
            return Ask("day_of", "when", {"days": said}, slots={"within": interval(when)}, source=OWN)
    if wish.doubts.get("when") == () and _looks_at("joins", wish) and (only := _only_one(wish, desk)):
        return question([only], "when", desk)
    name = next((name for name in NAMES if name in wish.slots and wish.doubts.get(name)), None)
    if name is None:
        return wish
    spans = [span_of(each) for each in wish.doubts[name]]
    if _looks_at("ahead", wish) or _looks_at("behind", wish):
        there = [span for span in spans if _on_calendar(wish, name, span, desk)]
        if len(there) < 2:  # with none, the skill itself says what there is, and asks
            return _with(wish, name, there[0]) if there else wish
        spans = there
    if len(spans) < 2 and _looks_at("told", wish):
        return wish
    return question(spans, name, desk)


def question(spans: list[Span], slot: str, desk: Desk) -> Ask:
    """Which of these is meant; of one alone, whether it is."""
    options = tuple(Option(say_time(time_of(span), desk.now), {slot: span}) for span in spans)
    if len(options) == 1:
        return Ask("this_day", slot, {"day": options[0].label}, options, source=OWN)
    return Ask("which_day", slot, {"days": _say("or").join(each.label for each in options)}, options, source=OWN)


def _only_one(wish: Wish, desk: Desk) -> Span | None:
    """The day of the only session that may be meant; of several the skill itself asks which."""
    found = fitting(sessions.upcoming(desk.db, desk.branch_id, desk.now), wish, desk)
    days = {session.starts_at[:10] for session in found}
    return Span(f"{min(days)}T00:00", f"{min(days)}T23:59") if len(days) == 1 else None


def _several_days(span: Span) -> bool:
    return span.end is not None and span.end[:10] != (span.start or "")[:10]


def _day_within(wish: Wish, desk: Desk) -> Span | None:
    """The day that was said of a stretch: 星期三, of last week; None where something else was said."""
    stretch = span_of(wish.text_slot("within"))
    if not stretch.start or not stretch.end:
        return None
    first = datetime.fromisoformat(stretch.start)
    answers = (find_time(desk.said, now) for now in (desk.now, first))
    spans = (as_span(each) for each in answers if each and each.day_said)
    return next((span for span in spans if stretch.start[:10] <= (span.start or "")[:10] <= stretch.end[:10]), None)


def _on_calendar(wish: Wish, name: str, span: Span, desk: Desk) -> bool:
    """Whether there is a session then that may be meant: one to come, or for a roll one that has begun."""
    ahead = _looks_at("ahead", wish)
    first, last = (desk.now, desk.now + REACH) if ahead else (desk.now - REACH, desk.now)
    calendar = sessions.between(desk.db, desk.branch_id, first, last)
    if _looks_at("own", wish):
        calendar = [each for each in calendar if places.asked_for_by(desk.db, each.id, desk.speaker.id)]
    return bool(fitting(calendar, _with(wish, name, span), desk))


def _with(wish: Wish, name: str, span: Span) -> Wish:
    """The wish with this time and no doubt about it; other doubts stay."""
    doubts = {key: each for key, each in wish.doubts.items() if key != name}
    return replace(with_slots(wish, {name: span}), doubts=doubts)


def _looks_at(what: str, wish: Wish) -> bool:
    return wish.intent in words.lists(OWN, "intents")[what]


def _say(key: str) -> str:
    return words.load(OWN, "words").say(key)
