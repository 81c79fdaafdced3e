"""An officer tells of a visit: it was made, it is planned, or the matter is over."""

from __future__ import annotations

from datetime import datetime

from dialogs import apart, which_day
from dialogs.care import planning_visit, taking_back, visit_words, visiting
from dialogs.care.visiting import Told
from dialogs.money import say_yuan
from dialogs.reply import Effect
from dialogs.skill import Ask, Confirm, Desk, Done, Option, Outcome, Wish
from dialogs.understanding.amounts import fen
from dialogs.understanding.meaning import Span
from dialogs.understanding.times import say_time
from storage import care, members
from storage.care import NotVisited
from storage.members import Member, Officer

MOST_OFFERED = 3
"""People among whom an officer can choose without a screen."""


def act(wish: Wish, desk: Desk) -> Outcome:
    """Record, plan or close; what was recorded is said, and 不对 takes it back."""
    officer = next((each for each in desk.officers if each.id == desk.speaker.id), None)
    if officer is None:
        return Done("only_officers")
    if withdrawn := wish.text_slot("withdraw"):
        return _withdraw(withdrawn, officer, desk)
    people = _people(wish, desk)
    if isinstance(people, Ask):
        return people
    said = _words(wish, people, desk)
    matter = "over" if wish.text_slot("over") else visit_words.matter_of(said)
    if matter == "planned":
        return planning_visit.plan(people[0], officer, said, wish, desk)
    if matter != "made":
        return _close(people[0], officer, said, desk, false_alarm=matter == "false_alarm")
    if not wish.confirmed and not visit_words.speaks_of_visit(said):
        return Confirm("sure", {"who": "、".join(person.name for person in people)})
    known = which_day.asked(wish, desk)
    return known if isinstance(known, Ask) else _record(people, officer, known, said, desk)


def _record(people: list[Member], officer: Officer, wish: Wish, said: str, desk: Desk) -> Outcome:
    amount = wish.slots.get("amount")
    gift = fen(float(amount)) if isinstance(amount, int | float) and amount > 0 else None
    if gift and len(people) > 1 and not visit_words.each_of(said) and wish.key_slot("each") is None:
        return Ask("each_gift", "amount", slots={"each": 1, "amount": 0})
    when = wish.slots.get("when")
    at = visit_words.made_at(when.start if isinstance(when, Span) else None, desk.now)
    told = Told(visit_words.outcome_of(said), at, said, gift)
    done = [visiting.record(person, officer, told, desk) for person in people]
    visits = [key for each in done for key in each.visits]
    contacts = [each.contact for each in done if each.contact is not None]
    effects = (
        *(Effect("visit_made", "visit", key) for key in visits),
        *(Effect("contact_made", "contact_made", key) for key in contacts),
    )
    values = {
        "who": "、".join(person.name for person in people),
        "when": _on_day(at, wish, desk),
        "outcome": visiting.say(f"outcome_{told.outcome}"),
        "gift": visiting.say("gift" if len(people) == 1 else "gift_each", amount=say_yuan(gift)) if gift else "",
        "note": _note(wish),
    }
    undo = Wish("care_done", {"withdraw": ",".join([f"v{key}" for key in visits] + [f"c{key}" for key in contacts])})
    closed = visit_words.also_over(said) and all(_close_visited(person, officer, desk) for person in people)
    if told.outcome == "not_met":
        return Done("not_met" if visits else "not_met_contact", values, effects, undo)
    return Done("made_closed" if closed else "made", values, effects, undo)


def _on_day(at: datetime, wish: Wish, desk: Desk) -> str:
    """The day with its date and weekday, where it was said or is not this one."""
    if at.date() == desk.now.date() and "when" not in wish.slots:
        return ""
    return visiting.say("on_day", day=say_time(at, desk.now).rpartition("，")[0])


def _close(person: Member, officer: Officer, said: str, desk: Desk, *, false_alarm: bool) -> Outcome:
    """Every open case of theirs; one that nobody visited needs words of why, and the bare order is no reason."""
    cases = [case for case in care.open_cases(desk.db, desk.branch_id) if case.member_id == person.id]
    if not cases:
        return Done("no_case", {"who": person.name})
    reason = visit_words.reason_in(said, person.name) or (said if false_alarm else "")
    if not reason and not all(care.visited(desk.db, case.id) for case in cases):
        return Ask("why", "text", {"who": person.name}, slots={"person": person.name, "over": said}, optional=True)
    for case in cases:
        visiting.close(case, officer, reason, desk, false_alarm=false_alarm)
    key = "false_alarm" if false_alarm else "closed" if reason else "closed_visited"
    return Done(key, {"who": person.name}, tuple(Effect("care_closed", "care_case", case.id) for case in cases))


def _close_visited(person: Member, officer: Officer, desk: Desk) -> bool:
    for case in visiting.open_cases_of(person, desk):
        try:
            visiting.close(case, officer, "", desk)
        except NotVisited:
            return False
    return True


def _withdraw(keys: str, officer: Officer, desk: Desk) -> Done:
    taken = [taking_back.withdraw_key(key, officer, desk, desk.turn) for key in keys.split(",")]
    return Done("withdrawn" if any(taken) else "nothing_to_withdraw")


def _words(wish: Wish, people: list[Member], desk: Desk) -> str:
    """What was said in all: with the answer to what was asked, or with what was just taken back and is put right."""
    names = {person.name for person in people}
    parts = [
        taking_back.said_before(desk, desk.turn),
        wish.text_slot("over"),
        wish.text,
        "" if wish.confirmed else desk.said,
    ]
    return "；".join(dict.fromkeys(part for part in parts if part and part not in names))


def _note(wish: Wish) -> str:
    note = wish.text_slot("text")
    return visiting.say("noted", note=note) if note and not visit_words.tells_of_visit(note) else ""


def _people(wish: Wish, desk: Desk) -> list[Member] | Ask:
    """Who is spoken of: by name, by the number of a case; where two sound alike, or nobody was named, ask."""
    branch = desk.branch_id
    alike = [each for name in wish.doubts.get("person", ()) for each in members.named(desk.db, branch, name)]
    said = wish.slots.get("person")
    names = said if isinstance(said, tuple) else (said,) if isinstance(said, str) else ()
    if len(alike) > 1 and len(awaited := [each for each in alike if visiting.open_cases_of(each, desk)]) == 1:
        return (
            awaited  # of those who sound alike one is in need: who tells of a visit means them, and their name is said
        )
    if len(alike) > 1:
        return Ask("which_person", "person", {"who": apart.said(alike[:MOST_OFFERED])}, _alike(alike))
    names = tuple(name for name in names if not visit_words.went_along(name, wish.text)) or names
    found = [person for name in names for person in members.named(desk.db, branch, name)]
    if not found and (by_number := _by_number(wish.text, desk)):
        found = [by_number]
    return found or Ask("whom", "person", options=_options(_waiting(desk)))


def _by_number(text: str, desk: Desk) -> Member | None:
    number_said = visit_words.case_number(text)
    cases = [case for case in care.open_cases(desk.db, desk.branch_id) if case.number == number_said]
    return members.member(desk.db, cases[0].member_id) if cases and cases[0].member_id is not None else None


def _waiting(desk: Desk) -> list[Member]:
    """Those who have waited longest for a visit, each once."""
    cases = care.open_cases(desk.db, desk.branch_id, unvisited=True)
    keys = dict.fromkeys(case.member_id for case in cases if case.member_id is not None)
    found = [members.member(desk.db, key) for key in list(keys)[:MOST_OFFERED]]
    return [person for person in found if person is not None]


def _options(people: list[Member]) -> tuple[Option, ...]:
    return tuple(Option(person.name, {"person": person.name}) for person in people[:MOST_OFFERED])


def _alike(people: list[Member]) -> tuple[Option, ...]:
    choice = people[:MOST_OFFERED]
    return tuple(Option(apart.label(each, choice), {"person": each.name}) for each in choice)
