"""What whoever reported a case hears of it: who was called besides, that nobody can be reached, who has taken it."""

from __future__ import annotations

from dialogs import notify, words
from dialogs.care import ladder
from dialogs.care.ladder import Called
from dialogs.office import Office
from storage import care, deliveries, outbox
from storage.care import CareCase
from storage.log import About
from storage.members import Officer

OFTEN = 6
"""So many steps of an emergency are told one by one; of those after it every third."""


def climb(case: CareCase, desk: Office) -> Called:
    """Take the next step of the ladder and tell whoever reported it, as honestly as it stands."""
    called = ladder.call(case, desk)
    case = care.the_case(desk.db, case.branch_id, case.id)
    nobody = unreached(case, desk)
    if nobody:
        desk.log("care_unreached", About("care_case", case.id), case.member_id, "care/ladder", number=case.number)
    if case.trigger == "emergency":
        if case.step <= OFTEN or case.step % 3 == 0:
            key = "unreached" if nobody else "everybody" if called.everybody else "called"
            _tell(case, key, str(case.step), desk, told=notify.names(called.officers, desk))
    elif nobody:
        _tell(case, "unreached_calm", "calm", desk)
    return called


def unreached(case: CareCase, desk: Office) -> bool:
    """Whether no officer has a chat that takes messages, and nobody has looked at a desk since the report."""
    return not ladder.reachable(case, desk) and not deliveries.delivered_to(desk.db, case.id, case.asked_at)


def taken(case: CareCase, officer: Officer, desk: Office) -> None:
    """Everybody who reported the case hears who has taken it; whoever was called besides need not look for it."""
    relieve(case, officer, desk)
    for reporter in care.reporters(desk.db, case.id):
        if reporter != officer.id:
            whom = _words("care/caring", "you") if case.member_id == reporter else case.who
            text = _words("care/caring", "member_told", officer=officer.spoken, who=whom)
            notify.tell_member(desk, f"taken:{case.id}:{case.step}", reporter, text, case_id=case.id)


def relieve(case: CareCase, officer: Officer, desk: Office) -> None:
    """What is not out yet of how nobody has it is kept back; whoever was called besides hears who has it."""
    outbox.cancel_keys(desk.db, _progress(case))
    text = _words("care/ladder", "taken_by", number=case.number, who=case.who, officer=officer.spoken)
    for key in deliveries.delivered_to(desk.db, case.id, case.asked_at):
        if key != officer.id:
            notify.tell_officer(desk, f"taken_by:{case.id}:{case.step}", key, text, case_id=case.id)


def _tell(case: CareCase, sentence: str, key: str, desk: Office, **values: str) -> None:
    """News while nobody has taken it; what waits for its member's next turn is replaced, not added to."""
    outbox.cancel_keys(desk.db, _progress(case))
    for reporter in care.reporters(desk.db, case.id):
        text = _words("care/ladder", sentence, **values)
        notify.tell_member(desk, f"{_progress(case)}{key}", reporter, text, case_id=case.id)


def _progress(case: CareCase) -> str:
    return f"progress:{case.id}:"


def _words(file: str, key: str, **values: str | int) -> str:
    return words.load(file, "words").say(key, **values)
