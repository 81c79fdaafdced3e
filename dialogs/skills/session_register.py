"""Sign up for a study session or an activity: oneself, another member, or a guest one brings along."""

from __future__ import annotations

from dataclasses import replace

from dialogs import apart
from dialogs.sessions import spoken_of
from dialogs.sessions.changing import changed
from dialogs.sessions.finding import each_of, fitting, of_those_read_out, spoken, which
from dialogs.sessions.registering import enter, enter_again, enter_each, given_up, place_of, stands, who
from dialogs.sessions.whom import Somebody, Unclear, guests_in, wanted
from dialogs.skill import Ask, Confirm, Desk, Done, NotMine, Option, Outcome, Wish
from storage import places, registrations, sessions
from storage.sessions import Session


def act(wish: Wish, desk: Desk) -> Outcome:
    """Find the session by date or topic, ask where several fit, and write the names down."""
    coming = sessions.upcoming(desk.db, desk.speaker.branch_id, desk.now)
    if not coming:
        return Done("none_planned", {"secretary": desk.secretary})
    if taken_back := given_up(wish, desk):
        return enter_again(taken_back, places.place(desk.db, desk.branch_id, wish.key_slot("instead_of") or 0), desk)
    if spoken_of.says("unable", wish.text) and not spoken_of.says("acts", wish.text):
        return NotMine(Wish("leave_request", {}, wish.text))
    if wish.text_slot("step") == "line":
        return _in_line(wish, coming, desk)
    asks_for_guest = spoken_of.asks_for_guest(wish.text)
    if wish.text_slot("step") == "guest" and not asks_for_guest:
        return NotMine()
    if not asks_for_guest and (question := spoken_of.asked_about(wish)):
        return NotMine(question)
    if "choices" in wish.slots:
        return _numbered(wish, coming, desk)
    return changed(wish, coming, desk) or _sign_up(wish, coming, desk)


def _sign_up(wish: Wish, coming: list[Session], desk: Desk) -> Outcome:
    """Whoever is meant, for the session that is meant, or for each of several."""
    people = wanted(wish, desk)
    if isinstance(people, Unclear):
        return _which_person(people)
    if several := each_of(coming, wish.text, desk):
        return enter_each(several, people, wish, desk)
    found = _fitting(coming, wish, people, desk)
    if not found:
        return which("no_such", coming, desk)
    asks = spoken_of.asks_for_guest(wish.text)
    if len(found) > 1:
        return which("which_guest" if asks else "which", found, desk)
    if asks and not wish.confirmed and "session" not in wish.slots:
        return Confirm("guest_too", {"who": "、".join(guests_in(wish.text))}, {"session": found[0].id})
    return enter(found[0], people, wish, desk)


def _numbered(wish: Wish, coming: list[Session], desk: Desk) -> Outcome:
    """第二个 of the sessions that were read out, and then 第三个; 我也参加 without a number is for one of them too."""
    session = of_those_read_out(wish, coming)
    if session is None:
        return _sign_up(wish, coming, desk) if wish.text_slot("heard_as") == wish.intent else NotMine()
    known = {name: value for name, value in wish.slots.items() if name in ("person", "member")}
    outcome = act(Wish(wish.intent, {**known, "session": session.id}, wish.text, doubts=wish.doubts), desk)
    if not isinstance(outcome, Done):
        return outcome
    return replace(outcome, follow={"choose": Wish(wish.intent, {"choices": wish.slots["choices"]})})


def _in_line(wish: Wish, coming: list[Session], desk: Desk) -> Outcome:
    """排第几了, of the session that was just spoken of."""
    found = [each for each in coming if each.id == wish.key_slot("about_session")]
    place = registrations.of(desk.db, found[0].id, desk.speaker.id) if found else None
    if place is None or not stands(place):
        return NotMine()
    key = "already_waiting" if place.state == "waiting" else "already"
    return Done(key, {"session": spoken(found[0], desk), **who(place, desk)}, follow=spoken_of.follow(found[0]))


def _fitting(coming: list[Session], wish: Wish, people: tuple[Somebody, ...], desk: Desk) -> list[Session]:
    """Those meant; 给我老伴也报一个 is about the session on whose list the speaker already stands."""
    found = fitting(coming, wish, desk)
    standing = len(found) == 1 and all(stands(place_of(found[0], each, desk)) for each in people)
    if standing and spoken_of.wants_another(wish.text):
        found = fitting(coming, spoken_of.by_itself(wish), desk)
    found = spoken_of.read_out(found, wish)
    if len(found) > 1 and Somebody(desk.speaker.id) not in people and len(found) == len(coming):
        own = [each for each in found if stands(registrations.of(desk.db, each.id, desk.speaker.id))]
        return own or found
    return found


def _which_person(people: Unclear) -> Ask:
    choice = people.choice[:3]
    options = tuple(Option(apart.label(each, choice), {"member": each.id}) for each in choice)
    return Ask("which_person", "person", {"names": apart.said(choice)}, options)
