"""Who it is: the answer to that question, and its correction. The case stands already and gets its person."""

from __future__ import annotations

from dialogs import notify, words
from dialogs.care import in_need, ladder, overdue
from dialogs.reply import Effect
from dialogs.skill import Ask, Desk, Done, Option, Outcome, Wish
from storage import care, members
from storage.care import CareCase
from storage.log import About


def named(case_id: int, wish: Wish, desk: Desk) -> Outcome:
    """Write whom the case is about and tell whoever was told of it; two who sound alike are asked about."""
    found = members.named(desk.db, desk.speaker.branch_id, wish.text_slot("person"))
    asked = care.find_case(desk.db, desk.speaker.branch_id, case_id)
    _, rivals = in_need.who(wish, desk)
    if rivals and asked is not None:
        options = tuple(Option(in_need.told_apart(rival), {"person": rival.name}) for rival in rivals)
        return Ask("which_person", "person", {"told": desk.secretary}, options, slots={"case": asked.id})
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


def _in_their_words(case: CareCase, wish: Wish, desk: Desk) -> Done:
    """Whom the case is about cannot be made out: it stands, and whoever was told hears what was said now."""
    said = wish.text_slot("amended") or desk.said
    desk.log("care_amended", About("care_case", case.id), case.member_id, "care/caring", said=said, number=case.number)
    text = _say("alert_amended", number=case.number, reporter=desk.speaker.name, said=said)
    told = ladder.pass_on(case, text, f"amended:{case.id}:{desk.turn}", desk)
    return Done("kept", {"told": notify.names(told, desk)}, (Effect("care_amended", "care_case", case.id),))


def _say(key: str, **values: str | int) -> str:
    return words.load("care/caring", "words").say(key, **values)
