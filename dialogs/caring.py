"""A report of illness, hardship, bereavement or danger: acted on before anything is asked."""

from __future__ import annotations

from datetime import datetime, timedelta

from dialogs import notify, words
from dialogs.reply import Effect
from dialogs.skill import Ask, Desk, Done, Option, Outcome, Wish
from dialogs.understanding.meaning import Slots
from storage import care, members
from storage.care import CareCase, Opened
from storage.log import About
from storage.members import Member, Officer
from storage.outbox import Button


def report(trigger: str, wish: Wish, desk: Desk) -> Outcome:
    """Open or extend the case, alert the officer on duty, and say honestly who was told.

    Only who is in need may be asked, and only after the alert is written: two members who sound alike.
    """
    if case_id := wish.key_slot("case"):
        return _named(case_id, wish, desk)
    person, rivals = _person(wish, desk)
    due = desk.now + timedelta(hours=desk.profile.hours(f"care.{trigger}.visit_hours"))
    opened = care.report(
        desk.db,
        branch_id=desk.speaker.branch_id,
        trigger=trigger,
        member_id=person.id if person else None,
        who=person.name if person else "、".join(rival.name for rival in rivals),
        reporter_id=desk.speaker.id,
        said=wish.text,
        place=wish.text_slot("place"),
        recording_id=desk.recording_id,
        now=desk.now,
        due_at=due,
    )
    entry = desk.log(
        "care_reported",
        About("care_case", opened.case.id),
        opened.case.member_id,
        reporter=desk.speaker.name,
        who=opened.case.who,
        said=wish.text,
        number=opened.case.number,
    )
    told = _alert(opened, wish, desk)
    effects = (Effect("care_reported", "care_case", opened.case.id), Effect("logged", "entry", entry.id))
    if rivals:
        options = tuple(Option(_told_apart(rival), {"person": rival.name}) for rival in rivals)
        known = {"case": opened.case.id}
        return Ask("which_person", "person", {"told": _names(told, desk)}, options, effects, known)
    key = "reported" if opened.new else "added"
    said = {"told": _names(told, desk), "who": _whom(opened.case, desk)}
    # Added to a case that others reported too: that one stays, and somebody else gets a case of their own.
    case: Slots = {"about": opened.case.who} | ({"case": opened.case.id} if opened.new else {})
    return Done(key, said, effects, amend=Wish(f"care_{trigger}", case, wish.text))


def _named(case_id: int, wish: Wish, desk: Desk) -> Outcome:
    """The answer to who it is: the case that stands already gets its person."""
    named = members.named(desk.db, desk.speaker.branch_id, wish.text_slot("person"))
    case = care.find_case(desk.db, desk.speaker.branch_id, case_id)
    _, rivals = _person(wish, desk)
    if rivals and case is not None:
        options = tuple(Option(_told_apart(rival), {"person": rival.name}) for rival in rivals)
        return Ask("which_person", "person", {"told": desk.secretary}, options, slots={"case": case.id})
    if case is None or not named:
        return _in_their_words(case, wish, desk)
    case = care.assign(desk.db, case, named[0].id, named[0].name)
    desk.log("care_named", About("care_case", case.id), named[0].id, "caring", who=named[0].name, number=case.number)
    text = _say("alert_named", number=case.number, who=named[0].name)
    told = notify.alert(desk, f"named:{case.id}:{desk.turn}", text, case_id=case.id)
    effects = (Effect("care_named", "care_case", case.id),)
    amend = Wish(wish.intent, {"case": case.id, "about": case.who}, wish.text)
    return Done("named", {"told": _names(told, desk), "who": named[0].name}, effects, amend=amend)


def _in_their_words(case: CareCase | None, wish: Wish, desk: Desk) -> Done:
    """Whom the case is about cannot be made out: it stands, and the officer hears what was said now."""
    said = wish.text_slot("amended") or desk.said
    if case is None:
        return Done("kept", {"told": desk.secretary})
    desk.log("care_amended", About("care_case", case.id), case.member_id, "caring", said=said, number=case.number)
    text = _say("alert_amended", number=case.number, reporter=desk.speaker.name, said=said)
    told = notify.alert(desk, f"amended:{case.id}:{desk.turn}", text, case_id=case.id)
    return Done("kept", {"told": _names(told, desk)}, (Effect("care_amended", "care_case", case.id),))


def acknowledge(case: CareCase, officer: Officer, desk: Desk) -> Done:
    """Let an officer take a case; whoever reported it hears so."""
    if not care.acknowledge(desk.db, case, officer.id, desk.now):
        return Done("already_taken", {"number": str(case.number)})
    about = About("care_case", case.id)
    desk.log("care_acknowledged", about, case.member_id, "caring", officer=officer.spoken, number=case.number)
    for reporter in care.reporters(desk.db, case.id):
        text = _say("member_told", officer=officer.spoken, who=_whom_for(case, reporter))
        notify.tell_member(desk, f"taken:{case.id}", reporter, text, case_id=case.id)
    return Done(
        "taken", {"number": str(case.number), "who": case.who}, (Effect("care_acknowledged", "care_case", case.id),)
    )


def _person(wish: Wish, desk: Desk) -> tuple[Member | None, list[Member]]:
    """Who is in need: (a member, nobody else), or (None, those who sound alike). Unnamed is the speaker."""
    branch = desk.speaker.branch_id
    alike = [each for name in wish.doubts.get("person", ()) for each in members.named(desk.db, branch, name)]
    if len(alike) > 1:
        return None, alike
    said = wish.slots.get("person")
    name = said[0] if isinstance(said, tuple) and said else said
    if not isinstance(name, str):
        return desk.speaker, []
    named = members.named(desk.db, branch, name)
    return (named[0], []) if len(named) == 1 else (None, named)


def _alert(opened: Opened, wish: Wish, desk: Desk) -> list[Officer]:
    case = opened.case
    text = _say(
        f"alert_{case.trigger}",
        number=case.number,
        who=case.who,
        reporter=desk.speaker.name,
        said=wish.text,
        due=datetime.fromisoformat(case.due_at).strftime("%m-%d %H:%M"),
    )
    button = Button(_say("button_taken"), f"ack:{case.id}")
    return notify.alert(desk, f"care:{case.id}:{desk.turn}", text, case_id=case.id, buttons=[button])


def _names(told: list[Officer], desk: Desk) -> str:
    return "、".join(officer.spoken for officer in told) or desk.secretary


def _whom(case: CareCase, desk: Desk) -> str:
    return _whom_for(case, desk.speaker.id)


def _whom_for(case: CareCase, listener: int) -> str:
    return _say("you") if case.member_id == listener else case.who


def _told_apart(person: Member) -> str:
    """Something that tells a namesake apart: the year of birth, where it is known."""
    return _say("born", name=person.name, year=person.birth_year) if person.birth_year else person.name


def _say(key: str, **values: str | int) -> str:
    return words.load("caring", "words").say(key, **values)
