"""Ask leave for a session: it is noted first; why is asked once, kindly, and need not be said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from dialogs import notify
from dialogs.reply import Effect
from dialogs.sessions import leave_for, spoken_of
from dialogs.sessions.finding import each_of, fitting, of_those_read_out, stretch, topic_of, which
from dialogs.sessions.leave_noted import note_leave
from dialogs.sessions.leave_reasons import cue, keep, said_alone, undo_of
from dialogs.sessions.leaving import come_after_all, take_back
from dialogs.skill import Desk, Done, NotMine, Outcome, Wish, with_slots
from dialogs.understanding.times import as_span, find_time
from storage import registrations, sessions
from storage.members import Member
from storage.sessions import Session

FOREVER = timedelta(days=3650)
"""Longer than any branch plans."""
AFTERWARDS = timedelta(days=14)
"""How long after a session leave can still be asked for it."""


def act(wish: Wish, desk: Desk) -> Outcome:
    """Find the session, note the leave, and keep the reason word for word where one is said."""
    notes = wish.slots.get("leaves")
    if isinstance(notes, tuple):
        return _answered(notes, wish, desk)
    if "choices" in wish.slots:
        session = of_those_read_out(wish, sessions.upcoming(desk.db, desk.speaker.branch_id, desk.now))
        return note_leave([session], Wish(wish.intent, {}, wish.text), desk, desk.speaker) if session else NotMine()
    if taken_back := wish.slots.get("withdraw"):
        undone = take_back(taken_back, desk) if isinstance(taken_back, tuple) else None
        return undone or Done("no_leave")
    if cue("late", wish.text) and not cue("asks", wish.text):
        return _comes_late(wish, desk)
    return _not_leave(wish) or _takes(wish, desk)


def _not_leave(wish: Wish) -> NotMine | None:
    """A question about a session, and a place that is given up, only sound like leave."""
    if question := spoken_of.asked_about(wish):
        return NotMine(question)
    return NotMine(Wish("session_cancel", wish.slots, wish.text)) if cue("off_list", wish.text) else None


def _takes(wish: Wish, desk: Desk) -> Outcome:
    """Leave, or that one comes after all, for the speaker or whom they name."""
    coming = sessions.upcoming(desk.db, desk.speaker.branch_id, desk.now)
    if cue("back", wish.text):
        return come_after_all(fitting(coming, wish, desk), wish, desk) or Done("no_leave")
    of = leave_for.whose(wish, desk)
    if isinstance(of, tuple):
        return leave_for.which(of)
    if sum(_listed(each, of, desk) for each in coming) > 1:  # 我要请假, of several places: it may be any of them
        wish = spoken_of.by_itself(wish)
    after_all = come_after_all(fitting(coming, wish, desk), wish, desk) if cue("coming", wish.text) else None
    if after_all is None and cue("coming", wish.text) and not cue("asks", wish.text):
        return Done("no_leave")
    return after_all or _asked(wish, desk, of)


def _comes_late(wish: Wish, desk: Desk) -> Done:
    """我晚一点到 is no leave: the officer on duty is to know."""
    entry = desk.log("comes_late", name=desk.speaker.name, said=wish.text)
    notify.alert(desk, f"late:{desk.turn}", entry.sentence or "", lane="routine")
    return Done("late", {"told": desk.secretary}, (Effect("logged", "entry", entry.id),))


def _asked(wish: Wish, desk: Desk, of: Member) -> Outcome:
    """Which session is meant: the one that fits, or of several the one this member is signed up for; else ask."""
    several = each_of(sessions.upcoming(desk.db, desk.branch_id, desk.now), wish.text, desk)
    if several:
        return note_leave(several, wish, desk, of)
    earlier = desk.now - AFTERWARDS if stretch(wish) else desk.now
    calendar = sessions.between(desk.db, desk.speaker.branch_id, earlier, desk.now + FOREVER)
    found = fitting(calendar, wish, desk) or _looking_back(calendar, wish, desk)
    if len(found) == len(calendar) and (late := said_alone(wish, desk)):
        return keep(late, wish.text, desk)
    if not calendar:
        return Done("none_planned")
    behind = [each for each in calendar if each.start < desk.now]
    if not found and behind and cue("afterwards", wish.text):
        return which("no_such_past", behind[::-1], desk)
    if not found:
        return which("no_such", sessions.upcoming(desk.db, desk.speaker.branch_id, desk.now) or calendar, desk)
    own = [each for each in found if _listed(each, of, desk)]
    found = own if len(own) == 1 or (own and not stretch(wish)) else found
    if len(found) > 1 and not cue("all", wish.text):
        return which("which", found, desk)
    return note_leave(found, wish, desk, of)


def _looking_back(calendar: Sequence[Session], wish: Wish, desk: Desk) -> list[Session]:
    """十八号的学习我没去: a date that lies behind, where none ahead fits."""
    past = find_time(wish.text, desk.now, "past")
    return fitting(calendar, with_slots(wish, {"when": as_span(past)}), desk) if past else []


def _listed(session: Session, of: Member, desk: Desk) -> bool:
    place = registrations.of(desk.db, session.id, of.id)
    return place is not None and place.state in ("registered", "waiting")


def _answered(notes: tuple[str, ...], wish: Wish, desk: Desk) -> Outcome:
    """What was said when it was asked why: a reason, none, that it was misunderstood, or another leave."""
    said = wish.text_slot("reason") if wish.text_slot("step") != "more" else wish.text
    when = find_time(said, desk.now, "future")
    again = Wish("leave_request", {"when": as_span(when)} if when else {}, said)
    if cue("wrong", said):
        undone = take_back(notes, desk) or Done("no_leave")
        return act(again, desk) if when or topic_of(again) else undone
    if cue("asks", said):
        return act(again, desk)
    if cue("refuses", said):
        return Done("no_reason", undo=undo_of(notes))
    return keep(notes, said, desk)
