"""What has become of the speaker's own reports, and of those about them: who was told, who took it, who comes when."""

from __future__ import annotations

from datetime import datetime

from dialogs import notify, words
from dialogs.skill import Desk, Done, Outcome, Wish
from dialogs.understanding.times import say_time
from storage import care, deliveries, members, outbox, suggestions, visits
from storage.care import CareCase

MOST_READ_OUT = 3
"""Cases an old ear can keep in mind."""


def act(wish: Wish, desk: Desk) -> Outcome:
    """Read out how each open case stands; of others only what the speaker reported themselves."""
    cases = care.reported_by(desk.db, desk.speaker.id)
    asked = [case for case in cases if case.who and case.who in wish.text] or cases
    if asked:
        return Done("status", {"lines": "".join(_line(case, desk) for case in asked[:MOST_READ_OUT])})
    last = suggestions.latest(desk.db, desk.speaker.id)
    if last is not None:
        return Done(f"suggestion_{last.state}", {"secretary": desk.secretary, "answer": last.answer})
    return Done("nothing", {"secretary": desk.secretary})


def _line(case: CareCase, desk: Desk) -> str:
    """One case in a sentence; an honest one where nobody has answered."""
    due = datetime.fromisoformat(case.due_at)
    values = {"what": _what(case, desk), "due": say_time(due, desk.now), "told": _told(case, desk)}
    if case.state == "visited":
        return _say("visited", **values)
    plan = visits.planned(desk.db, case.id)
    if plan and plan.planned_at and plan.visitor_id and plan.planned_at > desk.now.isoformat():
        going = say_time(datetime.fromisoformat(plan.planned_at), desk.now)
        return _say("planned", officer=_spoken(plan.visitor_id, desk), going=going, **values)
    if due < desk.now:
        return _say("late", **{**values, "told": _urge(case, desk)})
    if case.acknowledged_by is not None:
        return _say("taken", officer=_spoken(case.acknowledged_by, desk), **values)
    if deliveries.delivered_to(desk.db, case.id, case.asked_at):
        return _say("nobody_yet", **values)
    return _say("on_its_way" if values["told"] else "only_written", **values)


def _what(case: CareCase, desk: Desk) -> str:
    """How the case is called: what the speaker reported, never what others know of it."""
    if case.member_id == desk.speaker.id:
        return _say(f"own_{case.trigger}")
    return _say(f"other_{case.trigger}", who=case.who) if case.who else _say("unnamed")


def _told(case: CareCase, desk: Desk) -> str:
    return "、".join(_spoken(member_id, desk) for member_id in outbox.alerted(desk.db, case.id))


def _urge(case: CareCase, desk: Desk) -> str:
    """The time is over and nobody is known to have been there: whoever has it hears so, once a day."""
    text = _say("urge", number=str(case.number), who=case.who, name=desk.speaker.name)
    taker = next((officer for officer in desk.officers if officer.id == case.acknowledged_by), None)
    told = notify.alert(desk, f"urged:{case.id}:{desk.now.date()}", text, case_id=case.id, to=taker)
    return notify.names(told, desk)


def _spoken(member_id: int, desk: Desk) -> str:
    on_duty = next((officer.spoken for officer in desk.officers if officer.id == member_id), "")
    person = members.member(desk.db, member_id)
    return on_duty or (person.name if person else desk.secretary)


def _say(key: str, **values: str) -> str:
    return words.load("skills/care_status", "lines").say(key, **values)
