"""Who paid how much: a sum behind each name or behind them all, as it was read back, and as that was put right."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from dialogs import words
from dialogs.officers.names_written import with_names
from dialogs.skill import Desk, Wish
from dialogs.understanding.amounts import find_amount
from storage import members
from storage.members import Member

OWN = "skills/dues_record"
"""The file with the patterns."""


def paid_by(people: Sequence[Member], wish: Wish, desk: Desk) -> Mapping[int, int | None]:
    """The sum of each in fen: said anew, read back, said at first or set by the branch; None for unknown."""
    text = with_names(wish.text, desk)
    known = {**_each_own(people, text), **_read_back(wish), **_said_anew(people, wish, desk)}
    return {each.id: known.get(each.id) or _fen(each, wish, text) for each in people}


def _read_back(wish: Wish) -> dict[int, int]:
    """The sum of each, as it was read back."""
    kept = wish.slots.get("people")
    parts = [str(each).partition(":") for each in kept] if isinstance(kept, tuple) else []
    return {int(key): int(fen) for key, _, fen in parts}


def _said_anew(people: Sequence[Member], wish: Wish, desk: Desk) -> dict[int, int]:
    """不对，是八十 to the read-back: another sum for who is named with it, or for all."""
    amount, before = wish.slots.get("amount"), wish.slots.get("amount_read")
    if before is None or wish.confirmed or amount == before or not isinstance(amount, int | float):
        return {}
    said = with_names(desk.said, desk)
    named = [each for each in people if each.name in said]
    return {each.id: round(amount * 100) for each in named or people}


def with_the_others(people: Sequence[Member], wish: Wish, desk: Desk) -> Sequence[Member]:
    """不对，张建国是一百二: the others who were read back stay among them."""
    whole = [] if wish.confirmed else kept(wish, desk)
    return whole if {each.id for each in people} < {each.id for each in whole} else people


def kept(wish: Wish, desk: Desk) -> list[Member]:
    """Those who were read back."""
    found = [members.member(desk.db, key) for key in _read_back(wish)]
    return [each for each in found if each and each.branch_id == desk.branch_id]


def _each_own(people: Sequence[Member], text: str) -> dict[int, int]:
    """A sum for each, in the order of the names: behind each name, or one after another behind them all."""
    named = sorted((each for each in people if each.name in text), key=lambda each: text.find(each.name))
    if len(named) < len(people) or len(named) < 2:
        return {}
    ends = [text.find(each.name) for each in named[1:]] + [len(text)]
    behind = [text[text.find(each.name) + len(each.name) : end] for each, end in zip(named, ends, strict=True)]
    own = [find_amount(part, bare=True) for part in behind]
    found = [each.yuan for each in own if each] if all(own) else _sums(behind[-1])
    if len(found) != len(named):
        return {}
    return {each.id: round(yuan * 100) for each, yuan in zip(named, found, strict=True)}


def _sums(text: str) -> list[float]:
    """九十、九十、一百零八: the parts that are sums and nothing else."""
    parts = re.split(words.lists(OWN, "patterns")["between_sums"][0], text)
    sums = [(part, find_amount(part, bare=True)) for part in parts if part]
    return [amount.yuan for part, amount in sums if amount and amount.finish - amount.begin >= len(part) - 1]


def _fen(member: Member, wish: Wish, text: str) -> int | None:
    """What was said of this member, else of all, else what the branch set."""
    begin = text.find(member.name)
    if begin >= 0 and (own := find_amount(text[begin + len(member.name) :])):
        return round(own.yuan * 100)
    said = wish.slots.get("amount")
    if isinstance(said, int | float) and said > 0:
        return round(said * 100)
    return member.dues_fen
