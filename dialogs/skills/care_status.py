"""What has become of what the speaker waits for: their own reports and those about them, a visit with study, a call."""

from __future__ import annotations

from datetime import datetime

from dialogs import notify, words
from dialogs.sessions import spoken_of
from dialogs.skill import Desk, Done, NotMine, Outcome, Wish
from dialogs.understanding.times import say_time
from storage import care, deliveries, members, outbox, suggestions, tasks, visits
from storage.care import CareCase
from storage.tasks import Task

MOST_READ_OUT = 3
"""Cases an old ear can keep in mind."""
WAITED_FOR = ("home_study", "call_back", "dues_collect", "profile_update")
"""Kinds of tasks of which the speaker knows."""


def act(wish: Wish, desk: Desk) -> Outcome:
    """Read out how each open case stands; of others only what the speaker reported themselves."""
    if spoken_of.says("own", wish.text):
        return NotMine(Wish("session_list", {}, wish.text))
    cases = care.reported_by(desk.db, desk.speaker.id)
    asked = [case for case in cases if case.who and case.who in wish.text] or cases
    lines = _tasks(wish, desk) or [_line(case, desk) for case in asked] or _tasks(None, desk)
    last = suggestions.latest(desk.db, desk.speaker.id)
    if last is not None and (not lines or _names("suggestion", wish.text)):
        return Done(f"suggestion_{last.state}", {"secretary": desk.secretary, "answer": last.answer})
    if not lines:
        return Done("nothing", {"secretary": desk.secretary})
    if wish.text_slot("step") == "waited" and (told := _asked_again(asked, desk)):
        return Done("waited", {"told": told})
    follow = {"waited": Wish(wish.intent, {})}
    return Done("status", {"lines": "".join(lines[:MOST_READ_OUT])}, follow=follow)


def _tasks(wish: Wish | None, desk: Desk) -> list[str]:
    """What somebody is to do for the speaker, of the kind that is named; of every kind where no wish is given."""
    found = [task for kind in WAITED_FOR for task in tasks.waiting_for(desk.db, desk.speaker.id, kind)[:1]]
    return [_task(task, desk) for task in found if wish is None or _names(task.kind, wish.text)]


def _task(task: Task, desk: Desk) -> str:
    due = datetime.fromisoformat(task.due_at)
    who = _spoken(task.officer_id, desk) if task.officer_id else desk.secretary
    key = "task_late" if due < desk.now else "task"
    return _say(key, what=_say(f"what_{task.kind}"), who=who, due=say_time(due, desk.now))


def _names(kind: str, text: str) -> bool:
    return any(cue in text for cue in words.lists("skills/care_status", "cues")[kind])


def _asked_again(cases: list[CareCase], desk: Desk) -> str:
    """都等了一天了: whoever was told of the case hears that it is still waited for, once a day."""
    waiting = next((case for case in cases if case.state != "visited"), None)
    return _urge(waiting, desk, "still_waiting") if waiting else ""


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


def _urge(case: CareCase, desk: Desk, key: str = "urge") -> str:
    """The time is over and nobody is known to have been there: whoever has it hears so, once a day."""
    text = _say(key, number=str(case.number), who=case.who, name=desk.speaker.name)
    taker = next((officer for officer in desk.officers if officer.id == case.acknowledged_by), None)
    told = notify.alert(desk, f"urged:{case.id}:{desk.now.date()}", text, case_id=case.id, to=taker)
    return notify.names(told, desk)


def _spoken(member_id: int, desk: Desk) -> str:
    on_duty = next((officer.spoken for officer in desk.officers if officer.id == member_id), "")
    person = members.member(desk.db, member_id)
    return on_duty or (person.name if person else desk.secretary)


def _say(key: str, **values: str) -> str:
    return words.load("skills/care_status", "lines").say(key, **values)
