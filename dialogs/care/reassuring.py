"""现在好些了 or 别跟别人讲 after a report: whoever was called hears it; the case stands till somebody has looked."""

from __future__ import annotations

import re

from dialogs import notify, words
from dialogs.care import in_need, ladder
from dialogs.reply import Effect
from dialogs.skill import Desk, Done, Wish
from dialogs.understanding.features import bare
from storage import care
from storage.log import About
from storage.members import Member

PASSES = ("illness", "hardship")
"""What can be over; an emergency is looked at whatever is said, and a death stays one."""

_CLAUSE = re.compile(r"[^，。！？；,.!?;\s]+")


def is_over(trigger: str, person: Member | None, wish: Wish, desk: Desk) -> bool:
    """我好了，出院了 of somebody whose illness is known is no second report of it."""
    if trigger not in PASSES or person is None:
        return False
    cues = words.lists("manager", "cues")["well_again"]
    said: list[str] = _CLAUSE.findall(wish.text)
    known = care.open_case_of(desk.db, desk.speaker.branch_id, trigger, person.id)
    return known is not None and all(any(re.search(cue, bare(each)) for cue in cues) for each in said)


def passed_on(kind: str, trigger: str, wish: Wish, desk: Desk) -> Done:
    """Pass on that it is over (`well`) or nobody else's affair (`private`).

    No case is closed by it; of one that is closed already nobody need be told.
    """
    person, _ = in_need.who(wish, desk)
    case = care.open_case_of(desk.db, desk.speaker.branch_id, trigger, person.id) if person else None
    if case is None:
        return Done(f"{kind}_closed")
    about = About("care_case", case.id)
    entry = desk.log("care_amended", about, case.member_id, "care/caring", said=wish.text, number=case.number)
    say = words.load("care/caring", "words").say
    text = say(f"alert_{kind}", number=case.number, reporter=desk.speaker.name, said=wish.text)
    told = ladder.pass_on(case, text, f"{kind}:{case.id}:{desk.turn}", desk)
    effects = (Effect("care_amended", "care_case", case.id), Effect("logged", "entry", entry.id))
    amend = Wish(wish.intent, {"case": case.id, "about": case.who, "kind": kind}, wish.text)
    return Done(kind, {"told": notify.names(told, desk)}, effects, amend=amend)
