"""Ask leave for a session: it is noted first; why is asked once, kindly, and need not be said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from dialogs import notify, words
from dialogs.reply import Effect
from dialogs.sessions import leave_for, spoken_of
from dialogs.sessions.finding import each_of, fitting, of_those_read_out, spoken, stretch, topic_of, which
from dialogs.sessions.leave_reasons import cue, keep, said_alone, said_with, undo_of
from dialogs.sessions.leaving import come_after_all, note, take_back
from dialogs.sessions.waiting import move_up
from dialogs.skill import Ask, Desk, Done, NotMine, Outcome, Wish, with_slots
from dialogs.understanding.times import as_span, find_time, lasting
from storage import leave, registrations, sessions
from storage.log import About
from storage.members import Member
from storage.registrations import Registration
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
        return _note([session], Wish(wish.intent, {}, wish.text), desk, desk.speaker) if session else NotMine()
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
        return come_after_all(fitting(coming, wish, desk), desk) or Done("no_leave")
    of = leave_for.whose(wish, desk)
    if isinstance(of, tuple):
        return leave_for.which(of)
    if sum(_listed(each, of, desk) for each in coming) > 1:  # 我要请假, of several places: it may be any of them
        wish = spoken_of.by_itself(wish)
    after_all = come_after_all(fitting(coming, wish, desk), desk) if cue("coming", wish.text) else None
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
        return _note(several, wish, desk, of)
    earlier = desk.now - AFTERWARDS if stretch(wish) else desk.now
    calendar = sessions.between(desk.db, desk.speaker.branch_id, earlier, desk.now + FOREVER)
    found = fitting(calendar, wish, desk) or _looking_back(calendar, wish, desk)
    if len(found) == len(calendar) and (late := said_alone(wish, desk)):
        return keep(late, wish.text, desk)
    if not calendar:
        return Done("none_planned")
    if not found:
        return which("no_such", sessions.upcoming(desk.db, desk.speaker.branch_id, desk.now) or calendar, desk)
    own = [each for each in found if _listed(each, of, desk)]
    found = own if len(own) == 1 or (own and not stretch(wish)) else found
    if len(found) > 1 and not cue("all", wish.text):
        return which("which", found, desk)
    return _note(found, wish, desk, of)


def _looking_back(calendar: Sequence[Session], wish: Wish, desk: Desk) -> list[Session]:
    """十八号的学习我没去: a date that lies behind, where none ahead fits."""
    past = find_time(wish.text, desk.now, "past")
    return fitting(calendar, with_slots(wish, {"when": as_span(past)}), desk) if past else []


def _listed(session: Session, of: Member, desk: Desk) -> bool:
    place = registrations.of(desk.db, session.id, of.id)
    return place is not None and place.state in ("registered", "waiting")


def _note(found: Sequence[Session], wish: Wish, desk: Desk, of: Member) -> Outcome:
    """Write the leave, give the places to who waits, and tell the officer on duty."""
    told = "；".join(spoken(session, desk) for session in found)
    reason = said_with(wish, found)
    effects: tuple[Effect, ...] = ()
    notes: list[str] = []
    for session in found:
        before = registrations.of(desk.db, session.id, of.id)
        if before and before.state == "leave" and (before.reason or not reason):
            continue
        place = leave.take(desk.db, session, of.id, desk.speaker.id, desk.now, reason=reason, said=wish.text)
        notes.append(note(place, before.state if before else ""))
        effects += (*_logged(place, session, wish.text, desk, of), *move_up(session, desk))
    if not notes:
        return Done("already", {"sessions": told})
    words_said = {"sessions": told, "told": desk.secretary, "who": of.name}
    follow = {"more": Wish(wish.intent, {"leaves": tuple(notes)})}
    follow |= spoken_of.follow(found[0]) if len(found) == 1 else {}
    if of.id != desk.speaker.id:
        return Done("noted_for", words_said, effects, undo_of(notes))
    if of.frail:
        return Done("noted_frail", words_said, effects, undo_of(notes), follow=follow)
    if reason:
        return Done("noted", words_said, effects, undo_of(notes), follow=follow)
    return Ask("noted_ask", "reason", words_said, effects=effects, slots={"leaves": tuple(notes)}, optional=True)


def _logged(place: Registration, session: Session, said: str, desk: Desk, of: Member) -> tuple[Effect, ...]:
    """The entry, and the officer on duty told of it; nothing has to be done, so it waits behind what has."""
    by = {} if of.id == desk.speaker.id else {"by": desk.speaker.name}
    values = {"name": of.name, "title": session.title, "day": session.starts_at[:10], **by}
    kind = "leave" if place.reason else "leave_unreasoned"
    values |= {"reason": place.reason} if place.reason else {}
    entry = desk.log(f"{kind}_for" if by else kind, About("registration", place.id), of.id, **values)
    spoken_session = lasting(spoken(session, desk))
    text = _say("told_leave_for" if by else "told_leave", name=of.name, session=spoken_session, said=said, **by)
    notify.alert(desk, f"leave:{place.id}:{desk.turn}", text, lane="routine")
    return (Effect("leave", "registration", place.id), Effect("logged", "entry", entry.id))


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


def _say(key: str, **values: str) -> str:
    return words.load("skills/leave_request", "parts").say(key, **values)
