"""Study brought home (送学上门): a task for the liaison with a due time; what can be heard now is offered."""

from __future__ import annotations

from datetime import datetime, timedelta

from dialogs import notify, words
from dialogs.reply import Effect
from dialogs.skill import Desk, Done, Outcome, Wish
from dialogs.understanding.times import say_time
from storage import documents, particulars, tasks
from storage.log import About
from storage.members import Officer
from storage.outbox import Button
from storage.tasks import Task

KIND = "home_study"


def act(wish: Wish, desk: Desk) -> Outcome:
    """Put the visit on the list once, tell who is to come, and say who that is and when at the latest."""
    if task_id := wish.key_slot("withdraw"):
        return _withdraw(task_id, desk)
    branch, visitor = desk.speaker.branch_id, _visitor(desk)
    if standing := tasks.open_task(desk.db, branch, KIND, member_id=desk.speaker.id):
        return _again(standing, wish, desk)
    due = desk.now + timedelta(hours=desk.profile.hours("task.home_study.hours"))
    task_id = tasks.add_task(
        desk.db, branch, KIND, desk.speaker.id, desk.now, due,
        said=wish.text, recording_id=desk.recording_id, officer_id=visitor.id if visitor else None,
    )  # fmt: skip
    entry = desk.log("home_study", About("task", task_id), name=desk.speaker.name, said=wish.text)
    said = {"name": desk.speaker.name, "due": say_time(due, desk.now), "said": wish.text}
    notify.alert(desk, f"task:{task_id}", _say("alert", **said), to=visitor)
    effects = (Effect(KIND, "task", task_id), Effect("logged", "entry", entry.id))
    undo = Wish("home_study_request", {"withdraw": task_id})
    told = {"who": _spoken(visitor, desk), "due": said["due"]}
    shelf = documents.documents(desk.db, branch)
    if not shelf:
        return Done("asked", told, effects, undo)
    title = shelf[0].spoken_names[0] if shelf[0].spoken_names else shelf[0].title
    button = Button(_say("listen", title=title), _say("pressed", title=title))
    return Done("asked_listen", {**told, "title": title}, effects, undo, buttons=(button,))


def _again(standing: Task, wish: Wish, desk: Desk) -> Done:
    """Asked a second time: one visit, the first due time, and who is to come hears what is said now."""
    due = say_time(datetime.fromisoformat(standing.due_at), desk.now)
    entry = desk.log("home_study_again", About("task", standing.id), name=desk.speaker.name, said=wish.text)
    visitor = next((each for each in desk.officers if each.id == standing.officer_id), _visitor(desk))
    text = _say("more", name=desk.speaker.name, due=due, said=wish.text)
    notify.alert(desk, f"task:{standing.id}:{desk.turn}", text, to=visitor)
    return Done("standing", {"who": _spoken(visitor, desk), "due": due}, (Effect("logged", "entry", entry.id),))


def _withdraw(task_id: int, desk: Desk) -> Done:
    if not tasks.finish(desk.db, desk.speaker.branch_id, task_id, desk.speaker.id, desk.now):
        return Done("not_asked")
    visitor = _visitor(desk)
    entry = desk.log("home_study_withdrawn", About("task", task_id), name=desk.speaker.name)
    text = _say("alert_withdrawn", name=desk.speaker.name)
    notify.alert(desk, f"task:{task_id}:withdrawn", text, to=visitor)
    effects = (Effect("home_study_withdrawn", "task", task_id), Effect("logged", "entry", entry.id))
    return Done("withdrawn", {"who": _spoken(visitor, desk)}, effects)


def _visitor(desk: Desk) -> Officer | None:
    """The officer who keeps in touch with this member; else the liaison, whose work this is; else who is on duty."""
    kept = particulars.of(desk.db, desk.branch_id, desk.speaker.id)
    own = [officer for officer in desk.officers if kept and officer.id == kept.liaison_id]
    liaisons = [officer for officer in desk.officers if officer.role == "liaison"]
    return next(iter([*own, *liaisons, *desk.officers]), None)


def _spoken(visitor: Officer | None, desk: Desk) -> str:
    return visitor.spoken if visitor else desk.secretary


def _say(key: str, **values: str) -> str:
    return words.load("skills/home_study_request", "parts").say(key, **values)
