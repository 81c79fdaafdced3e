"""Dues without a way to the branch: somebody comes to collect them, or somebody brings them along."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from dialogs import call_back, handing, named, rules, words
from dialogs.skill import Desk, Done, NotMine, Outcome, Wish
from dialogs.understanding.meaning import Span
from dialogs.understanding.times import say_time
from storage import tasks

KIND = "dues_collect"
END_OF_DAY = time(23, 59)
"""The end of a time of which only the day was said."""


def act(wish: Wish, desk: Desk) -> Outcome:
    """Put it on the secretary's list with the time by which somebody comes, or with the name of who brings it."""
    if task_id := wish.key_slot("withdraw"):
        return _withdraw(task_id, desk)
    at = call_back.moment(wish.text, desk.now) if wish.text_slot("step") else None
    if wish.text_slot("step") and at is None:
        return NotMine()  # what is said after it, and names no time that suits
    cues = words.lists("skills/dues_collect", "cues")
    if any(cue in wish.text for cue in cues["visit"]) and not any(cue in wish.text for cue in cues["about_dues"]):
        return NotMine()  # 啥时候能来一趟 wants somebody, and nobody for the dues
    bringer, wanted = _bringer(wish, desk), at.due if at else _wanted(wish, desk)
    if not bringer and wanted is None and _only_asks(wish.text):
        return Done("how", {"secretary": desk.secretary})
    waiting = tasks.waiting_for(desk.db, desk.speaker.id, KIND)
    if waiting and not bringer and wanted is None:
        due = datetime.fromisoformat(waiting[0].due_at)
        return Done("already", {"told": desk.secretary, "due": _spoken(due, desk)})
    for earlier in waiting:  # a new day, or another person: what was agreed before holds no longer
        tasks.finish(desk.db, desk.speaker.branch_id, earlier.id, desk.speaker.id, desk.now)
    due = wanted or desk.now + timedelta(hours=desk.profile.hours("task.dues_collect.hours"))
    rule = desk.profile.rules["dues.flexible_way"]
    key = "brought" if bringer else "collect"
    says = {
        "by": due.strftime("%m-%d %H:%M"),
        "bringer": bringer,
        "rule": str(rule.value),
        "origin": rules.source(rule),
    }
    handed = handing.give_task(desk, KIND, due, handing.keep(wish, desk), key, **says)
    answer = {"told": handed.told, "due": _spoken(due, desk), "bringer": bringer, "rule": str(rule.value)}
    follow = {} if bringer else {"time": Wish(KIND)}
    return Done(key, answer, handed.effects, undo=Wish(KIND, {"withdraw": handed.id}), follow=follow)


def _only_asks(text: str) -> bool:
    """Whether it is only asked how dues are paid: 党费怎么交 wants nobody to come."""
    cues = words.lists("skills/dues_collect", "cues")
    return any(cue in text for cue in cues["how"]) and not any(cue in text for cue in cues["cannot_bring"])


def _withdraw(task_id: int, desk: Desk) -> Done:
    """不对: nobody need come, and the officer hears so."""
    taken = handing.take_back(desk, task_id)
    return Done("withdrawn", {"told": taken.told}, taken.effects) if taken else Done("nothing_to_withdraw")


def _wanted(wish: Wish, desk: Desk) -> datetime | None:
    """The end of the time that was said, None where none was or it is over."""
    when = wish.slots.get("when")
    if not isinstance(when, Span) or not when.start:
        return None
    wanted = datetime.fromisoformat(when.end or when.start)
    return wanted if wanted > desk.now else None


def _bringer(wish: Wish, desk: Desk) -> str:
    """Who brings the dues instead: one of the family, a member, or the words for somebody; empty where nobody does."""
    cues = words.lists("skills/dues_collect", "cues")
    if not any(cue in wish.text for cue in cues["brings"]):
        return ""
    family = [kin for kin in cues["family"] if kin in wish.text]
    return (named.others(wish.text, desk) + family + cues["somebody"])[0]


def _spoken(due: datetime, desk: Desk) -> str:
    """When at the latest; a whole day by its name."""
    said = say_time(due, desk.now)
    return said.rpartition("，")[0] if due.time() == END_OF_DAY else said
