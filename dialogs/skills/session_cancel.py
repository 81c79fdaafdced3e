"""Take a name off a session's list; who waits for the place has it at once."""

from __future__ import annotations

from dialogs import words
from dialogs.reply import Effect
from dialogs.sessions import altering, spoken_of
from dialogs.sessions.finding import MOST_READ_OUT, fitting, spoken
from dialogs.sessions.leaving import come_after_all
from dialogs.sessions.waiting import called, move_up, whom
from dialogs.sessions.whom import named_in, relation_in
from dialogs.skill import Ask, Desk, Done, NotMine, Option, Outcome, Wish
from storage import members, places, registrations, sessions
from storage.log import About
from storage.registrations import Registration
from storage.sessions import Session

OWN = "skills/session_cancel"
Listed = tuple[Session, list[Registration]]
"""A session, and those of its places that are to be given up."""


def act(wish: Wish, desk: Desk) -> Outcome:
    """Withdraw the one sign-up that fits; ask where several do. No reason is asked."""
    coming = sessions.upcoming(desk.db, desk.speaker.branch_id, desk.now)
    if question := spoken_of.asked_about(wish):
        return NotMine(question)
    if not any(_stands(each, desk) for each in coming) and _of_office(wish, desk):
        return NotMine(Wish("session_create", {}, wish.text))
    if wish.text_slot("step") == "off" and not _off(wish, desk):
        return NotMine()
    if sum(_stands(each, desk) for each in coming) > 1:  # 我不去了, of several places: it may be any of them
        wish = spoken_of.by_itself(wish)
    if any(cue in wish.text for cue in words.lists(OWN, "cues")["leave"]):
        return come_after_all(fitting(coming, wish, desk), wish, desk) or Done("no_leave")
    name, listed = _listed(coming, wish, desk)
    chosen = fitting([session for session, _ in listed], wish, desk)
    listed = [each for each in listed if each[0] in chosen]
    if not listed:
        return Done("not_signed_up", {"who": name})
    told_all = "places" in wish.slots or any(cue in wish.text for cue in words.lists(OWN, "cues")["all"])
    if len(listed) > 1 and not told_all:
        shown = [session for session, _ in listed[:MOST_READ_OUT]]
        options = tuple(Option(spoken(session, desk), {"session": session.id}) for session in shown)
        return Ask("which", "session", {"sessions": "；".join(option.label for option in options)}, options)
    return _withdraw(listed, desk)


def _of_office(wish: Wish, desk: Desk) -> bool:
    """Whether an officer takes a session off the calendar, in which they have no place themselves."""
    return members.is_officer(desk.db, desk.speaker, desk.now) and altering.alters(wish.text, desk)


def _off(wish: Wish, desk: Desk) -> bool:
    """Whether 不去了 takes the name off that session's list; who says why, or has no place in it, asks leave."""
    session = sessions.session(desk.db, desk.branch_id, wish.key_slot("about_session") or 0)
    reasoned = any(cue in wish.text for cue in words.lists(OWN, "cues")["leave"])
    return session is not None and _stands(session, desk) and not reasoned


def _stands(session: Session, desk: Desk) -> bool:
    """Whether the speaker has a place in it."""
    place = registrations.of(desk.db, session.id, desk.speaker.id)
    return place is not None and place.state in ("registered", "waiting")


def _listed(coming: list[Session], wish: Wish, desk: Desk) -> tuple[str, list[Listed]]:
    """Whose places are meant, as one says it, and the sessions in which they have one."""
    kept = {session: places.asked_for_by(desk.db, session.id, desk.speaker.id) for session in coming}
    everything = [place for found in kept.values() for place in found]
    name, meant = _meant(everything, wish, desk)
    return name, [
        (session, own) for session, found in kept.items() if (own := [each for each in found if each in meant])
    ]


def _meant(everything: list[Registration], wish: Wish, desk: Desk) -> tuple[str, list[Registration]]:
    keys = wish.slots.get("places")
    if isinstance(keys, tuple):
        return "", [place for place in everything if str(place.id) in keys]
    say = words.load("sessions/waiting", "words").say
    if guest := relation_in(wish.text):
        theirs = [place for place in everything if place.guest and (guest in place.guest or place.guest in guest)]
        own = [place for place in everything if place.member_id == desk.speaker.id and not place.guest]
        if theirs or not own:  # 我儿子不让去: with no place of his on the list it is the speaker's own
            return say("your_guest", guest=guest), theirs
    if names := [each.name for each in named_in(wish.text, desk)]:
        return "、".join(names), [place for place in everything if not place.guest and called(place, desk) in names]
    return say("you"), [place for place in everything if place.member_id == desk.speaker.id and not place.guest]


def _withdraw(listed: list[Listed], desk: Desk) -> Done:
    effects: tuple[Effect, ...] = ()
    given_up = [(session, place) for session, own in listed for place in own]
    for session, place in given_up:
        registrations.cancel(desk.db, session.id, place.member_id, desk.now, guest=place.guest)
        entry = desk.log(
            "cancelled", About("session", session.id), place.member_id, name=called(place, desk),
            by=desk.speaker.name, title=session.title, day=session.starts_at[:10],
        )  # fmt: skip
        effects += (Effect("cancelled", "registration", place.id), Effect("logged", "entry", entry.id))
    for session, _ in listed:
        effects += move_up(session, desk)
    undo = Wish("session_register", {"places": tuple(str(place.id) for _, place in given_up)})
    whose = "、".join(dict.fromkeys(whom(place, desk.speaker.id, desk) for _, place in given_up))
    said = {"session": "；".join(spoken(session, desk) for session, _ in listed), "who": whose}
    left = [each for session, _ in listed for each in places.asked_for_by(desk.db, session.id, desk.speaker.id)]
    if left:
        said["left"] = "、".join(whom(each, desk.speaker.id, desk) for each in left)
    follow = spoken_of.follow(listed[0][0]) if len(listed) == 1 else {}
    return Done("cancelled_others_stay" if left else "cancelled", said, effects, undo, follow=follow)
