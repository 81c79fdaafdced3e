"""Who it is: the answer to that question, and its correction. The case stands already and gets its person."""

from __future__ import annotations

from dataclasses import replace

from dialogs import notify, words
from dialogs.care import in_need, ladder, overdue
from dialogs.reply import Effect
from dialogs.skill import Desk, Done, Outcome, Wish
from storage import care, members
from storage.care import CareCase
from storage.log import About
from storage.members import Member


def named(case_id: int, wish: Wish, desk: Desk) -> Outcome:
    """Write whom the case is about and tell whoever was told of it; two who sound alike are asked about."""
    found = _those(wish, desk)
    asked = care.find_case(desk.db, desk.speaker.branch_id, case_id)
    rivals = () if wish.key_slot("member") else in_need.who(wish, desk)[1]
    if rivals and asked is not None:
        return in_need.which("which_person", rivals, desk.secretary, asked.id)
    if asked is None:
        return Done("kept", {"told": desk.secretary})
    if not found:
        return _in_their_words(asked, wish, desk)
    case = care.assign(desk.db, asked, found[0].id, found[0].name)
    desk.log(
        "care_named", About("care_case", case.id), found[0].id, "care/caring", who=found[0].name, number=case.number
    )
    text = _say("alert_named", number=asked.number, who=found[0].name)
    if case.id != asked.id:
        text = _say("alert_merged", number=asked.number, other=case.number, who=found[0].name)
        case = _merged(asked, case, desk)
    told = ladder.pass_on(case, text, f"named:{asked.id}:{desk.turn}", desk)
    effects = (Effect("care_named", "care_case", case.id),)
    amend = Wish(wish.intent, {"case": case.id, "about": case.who}, wish.text)
    return Done("named", {"told": notify.names(told, desk), "who": found[0].name}, effects, amend=amend)


def _those(wish: Wish, desk: Desk) -> list[Member]:
    """Who was chosen, or everybody of the name that was said."""
    if chosen := wish.key_slot("member"):
        member = members.member(desk.db, chosen)
        return [member] if member else []
    return members.named(desk.db, desk.speaker.branch_id, wish.text_slot("person"))


def _merged(asked: CareCase, case: CareCase, desk: Desk) -> CareCase:
    """The same need was known already: what was called for twice is one case from now on."""
    ladder.stop(asked, desk)
    overdue.stop(asked, desk)
    if case.state != "visited":
        return case
    care.ask_anew(desk.db, case.id, desk.now)
    again = care.the_case(desk.db, case.branch_id, case.id)
    ladder.call(again, desk)
    return again


def _in_their_words(case: CareCase, wish: Wish, desk: Desk) -> Outcome:
    """Whom the case is about cannot be made out: it stands, and whoever was told hears what was said now.

    Between two who sound alike it is asked once more: 在三院 tells more of the need, and not whose it is.
    """
    said = wish.text_slot("amended") or desk.said
    desk.log("care_amended", About("care_case", case.id), case.member_id, "care/caring", said=said, number=case.number)
    text = _say("alert_amended", number=case.number, reporter=desk.speaker.name, said=said)
    told = ladder.pass_on(case, text, f"amended:{case.id}:{desk.turn}", desk)
    effects = (Effect("care_amended", "care_case", case.id),)
    names = wish.slots.get("rivals")
    if isinstance(names, tuple) and "asked_again" not in wish.slots:
        rivals = [each for name in dict.fromkeys(names) for each in members.named(desk.db, case.branch_id, name)]
        again = in_need.which("which_again", rivals, notify.names(told, desk), case.id, effects)
        return replace(again, slots={**again.slots, "asked_again": "1"})
    amend = Wish(wish.intent, {"case": case.id, "about": case.who}, wish.text)
    return Done("kept", {"told": notify.names(told, desk)}, effects, amend=amend)


def _say(key: str, **values: str | int) -> str:
    return words.load("care/caring", "words").say(key, **values)
