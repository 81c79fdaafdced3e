"""A member says that dues are paid: amount and quarter are read back before they are written."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from dialogs import handing, words
from dialogs.money import say_quarter, say_yuan
from dialogs.reply import Effect
from dialogs.skill import Ask, Confirm, Desk, Done, NotMine, Outcome, Wish
from dialogs.understanding.meaning import Span
from storage import dues, members
from storage.dues import quarter_of
from storage.log import About

MOST_QUARTERS = 4
"""Quarters that one payment may be for."""


def act(wish: Wish, desk: Desk) -> Outcome:
    """Read back amount and quarters, and on a yes write them as claimed; the secretary verifies."""
    cues = words.lists("skills/dues_pay", "cues")
    if any(cue in wish.text for cue in cues["demanded"]) and not any(cue in wish.text for cue in cues["dues"]):
        return NotMine()  # 卖保健品的让我交三千 is no dues
    if _somebody_elses(wish.text, desk):
        return _handed_on(wish, desk)
    named = _quarters(wish, desk)
    if len(named) > MOST_QUARTERS:
        return Done("several_quarters", {"secretary": desk.secretary})
    unpaid = [each for each in named if not _is_verified(each, desk)]
    said = {"quarter": _spoken(unpaid or named), "secretary": desk.secretary}
    if not unpaid:
        paid = sum(dues.standing(desk.db, desk.speaker.id, each).paid_fen or 0 for each in named)
        return Done("verified_already", {**said, "amount": say_yuan(paid)})
    amount = _fen(wish, len(unpaid), desk)
    if amount is None or amount % len(unpaid):
        return Ask("how_much" if amount is None else "how_much_together", "amount", said)
    if not wish.confirmed:
        key = "read_back" if len(unpaid) == 1 else "read_back_together"
        return Confirm(key, {**said, "amount": say_yuan(amount)}, {"amount": amount / 100, "in_all": 1})
    return _claim(unpaid, amount, said, desk)


def _claim(quarters: list[str], amount: int, said: dict[str, str], desk: Desk) -> Done:
    """Each quarter's share of what was paid at once."""
    effects: tuple[Effect, ...] = ()
    for quarter in quarters:
        written = dues.claim(desk.db, desk.speaker.id, quarter, amount // len(quarters), desk.now)
        paid = say_yuan(written.paid_fen or 0)
        about = About("dues", written.id)
        entry = desk.log("claimed", about, name=desk.speaker.name, quarter=say_quarter(quarter), amount=paid)
        effects += (Effect("claimed", "dues", written.id), Effect("logged", "entry", entry.id))
    key = "claimed" if len(quarters) == 1 else "claimed_together"
    return Done(key, {**said, "amount": say_yuan(amount)}, effects)


def _somebody_elses(said: str, desk: Desk) -> bool:
    """帮孙守业把党费交了: whose dues they are matters more than who paid them."""
    others = [each.name for each in members.members(desk.db, desk.speaker.branch_id) if each.id != desk.speaker.id]
    cues = words.lists("skills/dues_pay", "cues")
    people = "|".join(map(re.escape, [*others, *cues["people"]]))
    return any(re.search(cue.replace("PERSON", f"(?:{people})"), said) for cue in cues["for_other"])


def _handed_on(wish: Wish, desk: Desk) -> Done:
    """Nothing is written in the speaker's own name: a human writes down whose dues were paid."""
    due = desk.now + timedelta(hours=desk.profile.hours("task.call_back.hours"))
    handed = handing.give_task(desk, "call_back", due, handing.keep(wish, desk), "for_other")
    return Done("for_other", {"told": handed.told}, handed.effects)


def _quarters(wish: Wish, desk: Desk) -> list[str]:
    """The quarters that were said, or this one."""
    period = wish.slots.get("period")
    if not isinstance(period, Span) or not period.start:
        return [quarter_of(desk.now)]
    first, last = (datetime.fromisoformat(each) for each in (period.start, period.end or period.start))
    return dues.quarters(quarter_of(first), quarter_of(last))


def _is_verified(quarter: str, desk: Desk) -> bool:
    standing = dues.dues(desk.db, desk.speaker.id, quarter)
    return standing is not None and standing.state == "verified"


def _spoken(quarters: list[str]) -> str:
    return "、".join(map(say_quarter, quarters))


def _fen(wish: Wish, quarters: int, desk: Desk) -> int | None:
    """What was said, else what the branch set for this member; of several quarters what they come to together.

    九十 for two quarters at 90 yuan each is what each of them cost.
    """
    said, asked = wish.slots.get("amount"), desk.speaker.dues_fen
    if not isinstance(said, (int, float)) or said <= 0:
        return None if asked is None else asked * quarters
    amount = round(said * 100)
    return amount * quarters if amount == asked and not wish.key_slot("in_all") else amount
