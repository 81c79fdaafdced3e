"""An officer writes down who has paid: names, amount and quarter are read back before they are written."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from dialogs import apart, words
from dialogs.money import say_quarter, say_yuan
from dialogs.officers import collecting
from dialogs.officers.names_written import with_names
from dialogs.skill import Ask, Confirm, Desk, Done, Option, Outcome, Wish
from dialogs.understanding.meaning import SlotValue, Span
from dialogs.understanding.numbers import find_amount
from storage import members
from storage.dues import quarter_of
from storage.members import Member

OWN = "skills/dues_record"


def act(wish: Wish, desk: Desk) -> Outcome:
    """Read back who paid what for which quarter, and on a yes write it as received; each member hears of it."""
    people = _people(wish, desk)
    if isinstance(people, Ask):
        return people
    people = _with_the_others(people, wish, desk)
    anew = _said_anew(people, wish, desk)
    wish = replace(wish, text=with_names(wish.text, desk))
    quarter = _quarter(wish, desk)
    if quarter is None:
        return Ask("which_quarter", "period")
    known = {**_each_own(people, wish.text), **_read_back(wish), **anew}
    amounts = {each.id: known.get(each.id) or _fen(each, wish) for each in people}
    unknown = [each for each in people if amounts[each.id] is None]
    if unknown:
        return Ask("how_much", "amount", {"name": "、".join(each.name for each in unknown)})
    paid = {each.id: amounts[each.id] or 0 for each in people}
    said = {"quarter": say_quarter(quarter), "each": _each(people, paid)}
    if not wish.confirmed:
        kept: dict[str, SlotValue] = {
            "people": tuple(f"{key}:{fen}" for key, fen in paid.items()),
            "quarter": quarter,
            "amount_read": wish.slots.get("amount", 0),
            "period_read": wish.slots.get("period", ""),
        }
        return Confirm("read_back", said, kept)
    done = [collecting.receive(each, quarter, paid[each.id], desk) for each in people]
    effects = tuple(effect for each in done for effect in each.effects)
    if len(done) == 1:
        return Done(done[0].key, done[0].words, effects, source=done[0].source)
    return Done("received_several", {**said, "count": str(len(people))}, effects)


def _read_back(wish: Wish) -> dict[int, int]:
    """The sum of each, as it was read back."""
    kept = wish.slots.get("people")
    parts = [str(each).partition(":") for each in kept] if isinstance(kept, tuple) else []
    return {int(key): int(fen) for key, _, fen in parts}


def _said_anew(people: list[Member], wish: Wish, desk: Desk) -> dict[int, int]:
    """不对，是八十 to the read-back: another sum for who is named with it, or for all."""
    amount, before = wish.slots.get("amount"), wish.slots.get("amount_read")
    if before is None or wish.confirmed or amount == before or not isinstance(amount, int | float):
        return {}
    said = with_names(desk.said, desk)
    named = [each for each in people if each.name in said]
    return {each.id: round(amount * 100) for each in named or people}


def _with_the_others(people: list[Member], wish: Wish, desk: Desk) -> list[Member]:
    """不对，张建国是一百二: the others who were read back stay among them."""
    whole = [] if wish.confirmed else _kept(wish, desk)
    return whole if {each.id for each in people} < {each.id for each in whole} else people


def _kept(wish: Wish, desk: Desk) -> list[Member]:
    """Those who were read back."""
    found = [members.member(desk.db, key) for key in _read_back(wish)]
    return [each for each in found if each and each.branch_id == desk.branch_id]


def _people(wish: Wish, desk: Desk) -> list[Member] | Ask:
    """Everybody who was named; the question who it was where nobody was, or two sound alike."""
    if wish.confirmed and (kept := _kept(wish, desk)):
        return kept
    said = wish.slots.get("person")
    names = [str(name) for name in said] if isinstance(said, tuple) else [said] if isinstance(said, str) else []
    named = [each for name in names for each in members.named(desk.db, desk.speaker.branch_id, name)]
    if doubtful := wish.doubts.get("person", ()):
        named = [each for name in doubtful for each in members.named(desk.db, desk.speaker.branch_id, name)]
    if not named:
        return Ask("who", "person")
    if doubtful or len({each.name for each in named}) < len(named):
        choice = named[:3]
        options = tuple(Option(apart.label(each, choice), {"person": each.name}) for each in choice)
        return Ask("which_person", "person", {"names": apart.said(choice)}, options)
    return named


def _quarter(wish: Wish, desk: Desk) -> str | None:
    """The quarter that was said, or this one; None where the words span several."""
    period = wish.slots.get("period")
    if (kept := wish.text_slot("quarter")) and period == (wish.slots.get("period_read") or None):
        return kept
    if not isinstance(period, Span) or not period.start:
        return quarter_of(desk.now)
    first = quarter_of(datetime.fromisoformat(period.start))
    return first if first == quarter_of(datetime.fromisoformat(period.end or period.start)) else None


def _each_own(people: list[Member], text: str) -> dict[int, int]:
    """A sum for each, in the order of the names: behind each name, or one after another behind them all."""
    named = sorted((each for each in people if each.name in text), key=lambda each: text.find(each.name))
    if len(named) < len(people) or len(named) < 2:
        return {}
    ends = [text.find(each.name) for each in named[1:]] + [len(text)]
    behind = [text[text.find(each.name) + len(each.name) : end] for each, end in zip(named, ends, strict=True)]
    own = [find_amount(part, bare=True) for part in behind]
    found = [each.yuan for each in own if each] if all(own) else _sums(behind[-1])
    return (
        {each.id: round(yuan * 100) for each, yuan in zip(named, found, strict=True)}
        if len(found) == len(named)
        else {}
    )


def _sums(text: str) -> list[float]:
    """九十、九十、一百零八: the parts that are sums and nothing else."""
    parts = re.split(words.lists(OWN, "patterns")["between_sums"][0], text)
    sums = [(part, find_amount(part, bare=True)) for part in parts if part]
    return [amount.yuan for part, amount in sums if amount and amount.finish - amount.begin >= len(part) - 1]


def _fen(member: Member, wish: Wish) -> int | None:
    """What was said of this member, else of all, else what the branch set."""
    begin = wish.text.find(member.name)
    if begin >= 0 and (own := find_amount(wish.text[begin + len(member.name) :])):
        return round(own.yuan * 100)
    said = wish.slots.get("amount")
    if isinstance(said, int | float) and said > 0:
        return round(said * 100)
    return member.dues_fen


def _each(people: list[Member], paid: dict[int, int]) -> str:
    parts = words.load(OWN, "parts")
    return "，".join(parts.say("one", name=each.name, amount=say_yuan(paid[each.id])) for each in people)
