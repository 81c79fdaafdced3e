"""Study brought home (送学上门): a task for the liaison with a due time; what can be heard now is offered."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from dialogs import notify, words
from dialogs.reply import Effect
from dialogs.sessions.whom import named_in
from dialogs.skill import Desk, Done, NotMine, Outcome, Wish
from dialogs.understanding.times import say_time
from storage import documents, members, particulars, tasks
from storage.log import About
from storage.members import Member, Officer
from storage.outbox import Button
from storage.tasks import Task

KIND = "home_study"
TAKEN_FOR = frozenset((
    "", "home_study_request", "leave_request", "session_register", "session_list", "out_of_scope", "affirm",
    "care_status", "greet",
))  # fmt: skip
"""What 下午在家 may sound like, after somebody was asked to come."""


def act(wish: Wish, desk: Desk) -> Outcome:
    """Put the visit on the list once, tell who is to come, and say who that is and when at the latest."""
    if task_id := wish.key_slot("withdraw"):
        return _withdraw(task_id, desk)
    of_another = any(each in wish.text for each in words.lists("skills/home_study_request", "patterns")["them"])
    taken_for = TAKEN_FOR | {"document_listen"} if of_another else TAKEN_FOR  # 最好念给他听
    if wish.text_slot("step") == "more" and wish.text_slot("heard_as") not in taken_for:
        return NotMine()
    if any(re.search(each, wish.text) for each in words.lists("skills/home_study_request", "patterns")["of_a_session"]):
        return NotMine(Wish("session_list", {}, wish.text))
    whom = _for_whom(wish, desk)
    branch, visitor = desk.speaker.branch_id, _visitor(whom.id, desk)
    if standing := tasks.open_task(desk.db, branch, KIND, member_id=whom.id):
        return _again(standing, whom, wish, desk)
    if any(re.search(each, wish.text) for each in words.lists("skills/home_study_request", "patterns")["when"]):
        return Done("not_asked")
    due = desk.now + timedelta(hours=desk.profile.hours("task.home_study.hours"))
    task_id = tasks.add_task(
        desk.db, branch, KIND, whom.id, desk.now, due,
        said=wish.text, recording_id=desk.recording_id, officer_id=visitor.id if visitor else None,
    )  # fmt: skip
    other = whom.id != desk.speaker.id
    said = {"name": whom.name, "by": desk.speaker.name, "due": say_time(due, desk.now), "said": wish.text}
    key = "home_study_other" if other else "home_study"
    entry = desk.log(key, About("task", task_id), whom.id, name=whom.name, by=desk.speaker.name, said=wish.text)
    notify.alert(desk, f"task:{task_id}", _say("alert_other" if other else "alert", **said), to=visitor)
    effects = (Effect(KIND, "task", task_id), Effect("logged", "entry", entry.id))
    undo = Wish("home_study_request", {"withdraw": task_id})
    told = {"who": _spoken(visitor, desk), "due": said["due"], "name": whom.name}
    follow = _follow(undo, whom)
    if other:
        return Done("asked_other", told, effects, undo, follow=follow)
    shelf = documents.documents(desk.db, branch)
    if not shelf:
        return Done("asked", told, effects, undo, follow=follow)
    title = shelf[0].spoken_names[0] if shelf[0].spoken_names else shelf[0].title
    button = Button(_say("listen", title=title), _say("pressed", title=title))
    return Done("asked_listen", {**told, "title": title}, effects, undo, buttons=(button,), follow=follow)


def _for_whom(wish: Wish, desk: Desk) -> Member:
    """Who is to be visited: the member who is named, else the speaker."""
    if known := members.member(desk.db, wish.key_slot("whom") or desk.speaker.id):
        named = [each for each in named_in(wish.text, desk) if _is_for(each.name, wish.text)]
        return named[0] if len(named) == 1 and "whom" not in wish.slots else known
    return desk.speaker


def _is_for(name: str, text: str) -> bool:
    """Whether the study is to be brought to who is named, and not by them: 刘德福出不了门，送到他家去."""
    cues = words.lists("skills/home_study_request", "patterns")
    own = any(re.search(each, text) for each in cues["mine"])
    return not own and any(re.search(each.replace("{name}", name), text) for each in cues["theirs"])


def _again(standing: Task, whom: Member, wish: Wish, desk: Desk) -> Done:
    """Said a second time, or more of it: one visit, the first due time, and who is to come hears what is said now."""
    due = say_time(datetime.fromisoformat(standing.due_at), desk.now)
    about = About("task", standing.id)
    entry = desk.log("home_study_again", about, whom.id, name=desk.speaker.name, said=wish.text)
    visitor = next((each for each in desk.officers if each.id == standing.officer_id), _visitor(whom.id, desk))
    text = _say("more", name=desk.speaker.name, due=due, said=wish.text)
    notify.alert(desk, f"task:{standing.id}:{desk.turn}", text, to=visitor)
    key = "told_more" if wish.text_slot("step") == "more" else "standing"
    told, effects = {"who": _spoken(visitor, desk), "due": due}, (Effect("logged", "entry", entry.id),)
    undo = Wish("home_study_request", {"withdraw": standing.id})
    return Done(key, told, effects, follow=_follow(undo, whom))


def _follow(undo: Wish, whom: Member) -> dict[str, Wish]:
    """What may be said of the visit once it is asked for: when, that it is not needed, and more of it."""
    of_it = Wish("home_study_request", {"whom": whom.id})
    return {"when": of_it, "not_needed": undo, "more": of_it}


def _withdraw(task_id: int, desk: Desk) -> Done:
    if not tasks.finish(desk.db, desk.speaker.branch_id, task_id, desk.speaker.id, desk.now):
        return Done("not_asked")
    visitor = _visitor(desk.speaker.id, desk)
    entry = desk.log("home_study_withdrawn", About("task", task_id), name=desk.speaker.name)
    text = _say("alert_withdrawn", name=desk.speaker.name)
    notify.alert(desk, f"task:{task_id}:withdrawn", text, to=visitor)
    effects = (Effect("home_study_withdrawn", "task", task_id), Effect("logged", "entry", entry.id))
    return Done("withdrawn", {"who": _spoken(visitor, desk)}, effects)


def _visitor(member_id: int, desk: Desk) -> Officer | None:
    """The officer who keeps in touch with this member; else the liaison, whose work this is; else who is on duty."""
    kept = particulars.of(desk.db, desk.branch_id, member_id)
    own = [officer for officer in desk.officers if kept and officer.id == kept.liaison_id]
    liaisons = [officer for officer in desk.officers if officer.role == "liaison"]
    return next(iter([*own, *liaisons, *desk.officers]), None)


def _spoken(visitor: Officer | None, desk: Desk) -> str:
    return visitor.spoken if visitor else desk.secretary


def _say(key: str, **values: str) -> str:
    return words.load("skills/home_study_request", "parts").say(key, **values)
