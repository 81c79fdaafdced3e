"""A report of illness, hardship, bereavement or danger: acted on before anything is asked."""

from __future__ import annotations

from datetime import datetime, timedelta

from dialogs import notify, words
from dialogs.care import calling, in_need, ladder, naming, overdue, reassuring, reporting_back
from dialogs.reply import Effect
from dialogs.skill import Desk, Done, Outcome, Wish
from dialogs.understanding.meaning import Slots
from storage import care, deliveries
from storage.care import CareCase, Opened
from storage.log import About
from storage.members import Officer


def report(trigger: str, wish: Wish, desk: Desk) -> Outcome:
    """Open or extend the case, call for somebody, and say honestly who was told and whether they have answered.

    Only who is in need may be asked, and only after the alert is written: two members who sound alike.
    """
    if case_id := wish.key_slot("case"):
        return naming.named(case_id, wish, desk)
    if kind := wish.text_slot("passed_on"):
        return reassuring.passed_on(kind, trigger, wish, desk)
    person, rivals = in_need.who(wish, desk)
    if reassuring.is_over(trigger, person, wish, desk):
        return reassuring.passed_on("well", trigger, wish, desk)
    opened = care.report(
        desk.db,
        branch_id=desk.speaker.branch_id,
        trigger=trigger,
        member_id=person.id if person else None,
        who=person.name if person else "、".join(rival.name for rival in rivals) or in_need.stranger(wish),
        reporter_id=desk.speaker.id,
        reporter_kind=in_need.reporter_kind(wish, desk),
        said=wish.text,
        place=wish.text_slot("place"),
        recording_id=desk.recording_id,
        now=desk.now,
        due_at=desk.now + timedelta(hours=desk.profile.hours(f"care.{trigger}.visit_hours")),
    )
    case = opened.case
    entry = desk.log(
        "care_reported",
        About("care_case", case.id),
        case.member_id,
        reporter=desk.speaker.name,
        who=case.who,
        said=wish.text,
        number=case.number,
    )
    overdue.look_at(case, datetime.fromisoformat(case.due_at), desk)
    key, told = _call(opened, desk)
    effects = (Effect("care_reported", "care_case", case.id), Effect("logged", "entry", entry.id))
    if rivals:
        return in_need.which("which_person", rivals, notify.names(told, desk), case.id, effects)
    # Added to a case that others reported too: that one stays, and somebody else gets a case of their own.
    known: Slots = {"about": case.who} | ({"case": case.id} if opened.new else {})
    said = {"told": notify.names(told, desk), "who": _whom(case, wish, desk)}
    return Done(key, said, effects, amend=Wish(f"care_{trigger}", known, wish.text))


def acknowledge(case: CareCase, officer: Officer, desk: Desk) -> Done:
    """Let an officer take a case: nobody else is called, and whoever reported it hears who has it."""
    if not care.acknowledge(desk.db, case, officer.id, desk.now):
        return Done("already_taken", {"number": str(case.number)})
    deliveries.note(desk.db, case.id, officer.id, desk.channel, "acknowledged", desk.now, step=case.step)
    ladder.stop(case, desk)
    about = About("care_case", case.id)
    desk.log("care_acknowledged", about, case.member_id, "care/caring", officer=officer.spoken, number=case.number)
    reporting_back.taken(case, officer, desk)
    return Done(
        "taken", {"number": str(case.number), "who": case.who}, (Effect("care_acknowledged", "care_case", case.id),)
    )


def false_alarm(case: CareCase, officer: Officer, desk: Desk) -> Done:
    """An officer says that nothing was the matter: the case is closed with that reason, and nobody's trust is spent."""
    if not case.open:
        return Done("closed_before", {"number": str(case.number)})
    reason = _say("false_alarm_reason", officer=officer.spoken)
    care.close(desk.db, case, officer.id, desk.now, reason=reason, false_alarm=True)
    ladder.stop(case, desk)
    ladder.untell(case, desk)
    overdue.stop(case, desk)
    about = About("care_case", case.id)
    desk.log("care_false_alarm", about, case.member_id, "care/caring", officer=officer.spoken, number=case.number)
    return Done("false_alarm", {"number": str(case.number)}, (Effect("care_false_alarm", "care_case", case.id),))


def _call(opened: Opened, desk: Desk) -> tuple[str, list[Officer]]:
    """Call for somebody, or pass on what was added; returns what the reporter hears, and who was told."""
    case = opened.case
    if case.trigger == "emergency" and case.acknowledged_at is not None and not _fresh(case, desk):
        care.ask_anew(desk.db, case.id, desk.now)  # taken long ago: a new cry for help needs a new answer
        case = care.the_case(desk.db, case.branch_id, case.id)
    if not case.waits:
        told = ladder.pass_on(case, _added(case, desk), f"added:{case.id}:{desk.turn}", desk)
        return "added_taken", told
    if not opened.new and deliveries.called(desk.db, case.id, case.asked_at):
        told = ladder.pass_on(case, _added(case, desk), f"added:{case.id}:{desk.turn}", desk)
        if case.trigger == "emergency":
            told = [*told, *reporting_back.climb(case, desk).officers]
        else:
            ladder.sooner(case, desk)
        return "added", list(dict.fromkeys(told))
    called = ladder.call(case, desk)
    if not called.officers:
        return "reported_nobody", []
    return "reported" if called.by_chat else "reported_desk", list(called.officers)


def _fresh(case: CareCase, desk: Desk) -> bool:
    taken_at = datetime.fromisoformat(case.acknowledged_at or case.asked_at)
    return abs(desk.now - taken_at) < desk.profile.minutes("ladder.emergency.fresh_minutes")


def _added(case: CareCase, desk: Desk) -> str:
    return _say("added") + calling.alert_text(case, care.reports(desk.db, case.id), again=False)


def _whom(case: CareCase, wish: Wish, desk: Desk) -> str:
    if case.member_id is None:  # 楼下有个老头 is how officers read it
        return _say("them")
    if case.member_id != desk.speaker.id:
        return case.who
    kin = any(each in wish.text for each in words.lists("care/caring", "cues")["kin"])
    return _say("yours" if kin and case.trigger != "emergency" else "you")


def _say(key: str, **values: str | int) -> str:
    return words.load("care/caring", "words").say(key, **values)
