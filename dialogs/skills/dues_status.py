"""What a member owes for a quarter and what is paid: what they said and what the secretary verified, told apart."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from dialogs import handing, named, words
from dialogs.money import say_quarter, say_yuan
from dialogs.sessions import spoken_of
from dialogs.skill import Desk, Done, NotMine, Outcome, Wish
from dialogs.understanding.features import bare
from dialogs.understanding.meaning import Span
from dialogs.understanding.times import as_span, find_time
from storage import dues
from storage.dues import Dues, quarter_of

MOST_READ_OUT = 4
"""Quarters in one answer: a year."""


def act(wish: Wish, desk: Desk) -> Outcome:
    """Read out the quarters that were asked for, or this one with what is open before it."""
    if (question := spoken_of.asked_about(wish)) and spoken_of.says("session", wish.text):
        return NotMine(question)
    if wish.text_slot("step") and not _asks_on(wish.text):
        return NotMine()
    if any(cue in wish.text for cue in words.lists("skills/dues_collect", "cues")["how"]):
        return NotMine(Wish("dues_collect", wish.slots, wish.text))  # 党费怎么交 asks for a way, not for a sum
    officers = {officer.name for officer in desk.officers}
    if set(named.others(wish.text, desk)) - officers:
        return Done("somebody_elses", {"secretary": desk.secretary})
    asked = _asked(wish, desk)
    known = dues.since(desk.db, desk.speaker.id)
    standing = [dues.standing(desk.db, desk.speaker.id, quarter) for quarter in asked]
    if any(each.due_fen is None and each.state == "open" and each.quarter >= known for each in standing):
        return _no_amount(wish, desk)
    lines = [_line(each, known, desk) for each in standing]
    if asked == [quarter_of(desk.now)] and (behind := dues.behind(desk.db, desk.speaker.id, asked[0])):
        lines.append(_say("behind", quarters="、".join(say_quarter(each.quarter) for each in behind)))
    return Done("status", {"lines": "".join(lines)}, follow={"period": Wish("dues_status")})


def _asks_on(text: str) -> bool:
    """三季度的呢, after one quarter was told."""
    return any(re.search(cue, bare(text)) for cue in words.lists("skills/dues_status", "cues")["asks_on"])


def _asked(wish: Wish, desk: Desk) -> list[str]:
    """The quarters of the stretch that was said, without those to come where any of it has begun; or this quarter."""
    this = quarter_of(desk.now)
    period = wish.slots.get("period")
    if wish.text_slot("step") and (found := find_time(wish.text, desk.now, "past")):
        period = as_span(found)
    if not isinstance(period, Span) or not period.start:
        return [this]
    first = quarter_of(datetime.fromisoformat(period.start))
    last = quarter_of(datetime.fromisoformat(period.end or period.start))
    return dues.quarters(first, max(first, min(last, this)))[-MOST_READ_OUT:]


def _no_amount(wish: Wish, desk: Desk) -> Done:
    """The branch has not said what this member owes: the secretary will."""
    due = desk.now + timedelta(hours=desk.profile.hours("task.call_back.hours"))
    handed = handing.give_task(desk, "call_back", due, handing.keep(wish, desk), "no_amount")
    return Done("no_amount", {"told": handed.told}, handed.effects)


def _line(each: Dues, known: str, desk: Desk) -> str:
    """One quarter in a sentence or two."""
    values = {
        "quarter": say_quarter(each.quarter),
        "due": say_yuan(each.due_fen or 0),
        "paid": say_yuan(each.paid_fen or 0),
        "secretary": desk.secretary,
    }
    if each.state == "open":
        return _say(_open_key(each, known, desk), **values)
    rest = (each.due_fen or 0) - (each.paid_fen or 0)
    asked_for = _say("due", **values) if each.due_fen else _say("quarter", **values)
    return asked_for + _say(each.state, **values) + (_say("rest", rest=say_yuan(rest)) if rest > 0 else "")


def _open_key(each: Dues, known: str, desk: Desk) -> str:
    if each.quarter < known and not each.id:
        return "before_the_books"
    if each.due_fen == 0:
        return "free"
    return "open" if each.quarter >= quarter_of(desk.now) else "open_past"


def _say(key: str, **values: str) -> str:
    return words.load("skills/dues_status", "lines").say(key, **values)
