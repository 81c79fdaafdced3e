"""Sign up for a study session or an activity: oneself, another member, or a guest one brings along."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from dialogs import apart, words
from dialogs.reply import Effect
from dialogs.sessions import spoken_of
from dialogs.sessions.changing import changed
from dialogs.sessions.finding import fitting, of_those_read_out, spoken, which
from dialogs.sessions.waiting import called, move_up, whom
from dialogs.sessions.whom import Somebody, Unclear, wanted
from dialogs.skill import Ask, Desk, Done, NotMine, Option, Outcome, Wish
from storage import places, sessions
from storage.log import About
from storage.sessions import Registration, Session


def act(wish: Wish, desk: Desk) -> Outcome:
    """Find the session by date or topic, ask where several fit, and write the names down."""
    coming = sessions.upcoming(desk.db, desk.speaker.branch_id, desk.now)
    if not coming:
        return Done("none_planned", {"secretary": desk.secretary})
    if taken_back := _places(wish, desk):
        _leave_again(wish, desk)
        return _enter_again(taken_back, desk)
    if "choices" in wish.slots:
        return _numbered(wish, coming, desk)
    if wish.text_slot("step") == "line":
        return _in_line(wish, coming, desk)
    if question := spoken_of.asked_about(wish):
        return NotMine(question)
    if instead := changed(wish, coming, desk):
        return instead
    people = wanted(wish, desk)
    if isinstance(people, Unclear):
        return _which_person(people)
    found = _fitting(coming, wish, people, desk)
    if not found:
        return which("no_such", coming, desk)
    if len(found) > 1:
        return which("which", found, desk)
    return _enter(found[0], people, wish, desk)


def _numbered(wish: Wish, coming: list[Session], desk: Desk) -> Outcome:
    """第二个 of the sessions that session_list read out, and then 第三个; without a number something else was meant."""
    session = of_those_read_out(wish, coming)
    if session is None:
        return NotMine()
    known = {name: value for name, value in wish.slots.items() if name in ("person", "member")}
    outcome = act(Wish(wish.intent, {**known, "session": session.id}, wish.text, doubts=wish.doubts), desk)
    if not isinstance(outcome, Done):
        return outcome
    return replace(outcome, follow={"choose": Wish(wish.intent, {"choices": wish.slots["choices"]})})


def _in_line(wish: Wish, coming: list[Session], desk: Desk) -> Outcome:
    """排第几了, of the session that was just spoken of."""
    found = [each for each in coming if each.id == wish.key_slot("about_session")]
    place = sessions.registration(desk.db, found[0].id, desk.speaker.id) if found else None
    if place is None or not _stands(place):
        return NotMine()
    key = "already_waiting" if place.state == "waiting" else "already"
    return Done(key, {"session": spoken(found[0], desk), **_who(place, desk)}, follow=spoken_of.follow(found[0]))


def _fitting(coming: list[Session], wish: Wish, people: tuple[Somebody, ...], desk: Desk) -> list[Session]:
    """Those meant; 给我老伴也报一个 is about the session on whose list the speaker already stands."""
    found = fitting(coming, wish, desk)
    if len(found) == 1 and all(_stands(_place(found[0], each, desk)) for each in people):
        found = fitting(coming, spoken_of.by_itself(wish), desk)  # 我还要报名: whoever has this place wants another
    if len(found) > 1 and Somebody(desk.speaker.id) not in people and len(found) == len(coming):
        own = [each for each in found if _stands(sessions.registration(desk.db, each.id, desk.speaker.id))]
        return own or found
    return found


def _place(session: Session, each: Somebody, desk: Desk) -> Registration | None:
    return sessions.registration(desk.db, session.id, each.member_id, each.guest)


def _stands(place: Registration | None) -> bool:
    return place is not None and place.state in ("registered", "waiting")


def _which_person(people: Unclear) -> Ask:
    choice = people.choice[:3]
    options = tuple(Option(apart.label(each, choice), {"member": each.id}) for each in choice)
    return Ask("which_person", "person", {"names": apart.said(choice)}, options)


def _enter(session: Session, people: tuple[Somebody, ...], wish: Wish, desk: Desk) -> Outcome:
    effects = move_up(session, desk)  # who waits is before who comes now
    standing = [_place(session, each, desk) for each in people]
    written = [_write(session, each, wish.text, desk.now, desk) for each in people]
    fresh = [place for place, before in zip(written, standing, strict=True) if not _stands(before)]
    for place in fresh:
        effects += _logged(place, session, desk)
    told = _told(spoken(session, desk), written, fresh, effects, desk)
    return replace(told, follow=spoken_of.follow(session))


def _told(
    session: str, written: list[Registration], fresh: list[Registration], effects: tuple[Effect, ...], desk: Desk
) -> Done:
    """What the rows say that were written; one name in a whole sentence, several in one each."""
    undo = Wish("session_cancel", {"places": tuple(str(place.id) for place in fresh)}) if fresh else None
    if len(written) > 1:
        told = [_say(_state(place, place in fresh), **_who(place, desk)) for place in written]
        return Done("several", {"session": session, "each": "；".join(told)}, effects, undo)
    place, said = written[0], {"session": session, **_who(written[0], desk)}
    if not fresh:
        return Done("already_waiting" if place.state == "waiting" else "already", said, effects)
    own = place.member_id == desk.speaker.id and not place.guest
    return Done(place.state if own else f"{place.state}_other", said, effects, undo)


def _write(session: Session, each: Somebody, said: str, line: datetime, desk: Desk) -> Registration:
    kept = said if each.guest else ""
    return sessions.register(desk.db, session, each.member_id, desk.speaker.id, line, guest=each.guest, said=kept)


def _logged(place: Registration, session: Session, desk: Desk) -> tuple[Effect, ...]:
    entry = desk.log(
        place.state, About("session", session.id), place.member_id, by=desk.speaker.name, name=called(place, desk),
        title=session.title, day=session.starts_at[:10],
    )  # fmt: skip
    return (Effect(place.state, "registration", place.id), Effect("logged", "entry", entry.id))


def _places(wish: Wish, desk: Desk) -> list[Registration]:
    """Places that were given up a moment ago and are wanted back."""
    keys = wish.slots.get("places")
    if not isinstance(keys, tuple):
        return []
    found = [places.place(desk.db, desk.speaker.branch_id, int(key)) for key in keys]
    return [place for place in found if place]


def _enter_again(taken_back: list[Registration], desk: Desk) -> Outcome:
    """Back into the line at the old place: where somebody else moved up meanwhile, first of those who wait."""
    effects: tuple[Effect, ...] = ()
    written: list[Registration] = []
    told: list[str] = []
    for place in taken_back:
        if session := sessions.session(desk.db, desk.speaker.branch_id, place.session_id):
            line = datetime.fromisoformat(place.at)
            written.append(_write(session, Somebody(place.member_id, place.guest), place.said, line, desk))
            effects += _logged(written[-1], session, desk)
            told.append(spoken(session, desk))
    return _told("；".join(dict.fromkeys(told)), written, written, effects, desk)


def _leave_again(wish: Wish, desk: Desk) -> None:
    """The place that was taken instead of those that are wanted back."""
    place = places.place(desk.db, desk.branch_id, wish.key_slot("instead_of") or 0)
    if place is not None:
        sessions.cancel(desk.db, place.session_id, place.member_id, desk.now, guest=place.guest)


def _state(place: Registration, fresh: bool) -> str:
    return place.state if fresh or place.state == "waiting" else "already"


def _who(place: Registration, desk: Desk) -> dict[str, str]:
    line = str(places.place_in_line(desk.db, place)) if place.state == "waiting" else ""
    return {"who": whom(place, desk.speaker.id, desk), "place": line}


def _say(key: str, **values: str | int) -> str:
    return words.load("skills/session_register", "parts").say(key, **values)
