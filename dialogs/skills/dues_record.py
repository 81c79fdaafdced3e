"""An officer writes down who has paid: names, amount and quarter are read back before they are written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dialogs import apart, words
from dialogs.money import say_quarter, say_yuan
from dialogs.officers import collecting
from dialogs.officers.sums import kept, paid_by, with_the_others
from dialogs.skill import Ask, Confirm, Desk, Done, Option, Outcome, Wish
from dialogs.understanding.meaning import SlotValue, Span
from storage import members
from storage.dues import quarter_of
from storage.members import Member

OWN = "skills/dues_record"


def act(wish: Wish, desk: Desk) -> Outcome:
    """Read back who paid what for which quarter, and on a yes write it as received; each member hears of it."""
    people = _people(wish, desk)
    if isinstance(people, Ask):
        return people
    people = with_the_others(people, wish, desk)
    quarter = _quarter(wish, desk)
    if quarter is None:
        return Ask("which_quarter", "period")
    amounts = paid_by(people, wish, desk)
    unknown = [each for each in people if amounts[each.id] is None]
    if unknown:
        return Ask("how_much", "amount", {"name": "、".join(each.name for each in unknown)})
    paid = {each.id: amounts[each.id] or 0 for each in people}
    said = {"quarter": say_quarter(quarter), "each": _each(people, paid)}
    if not wish.confirmed:
        waits: dict[str, SlotValue] = {
            "people": tuple(f"{key}:{fen}" for key, fen in paid.items()),
            "quarter": quarter,
            "amount_read": wish.slots.get("amount", 0),
            "period_read": wish.slots.get("period", ""),
        }
        return Confirm("read_back", said, waits)
    done = [collecting.receive(each, quarter, paid[each.id], desk) for each in people]
    effects = tuple(effect for each in done for effect in each.effects)
    if len(done) == 1:
        return Done(done[0].key, done[0].words, effects, source=done[0].source)
    return Done("received_several", {**said, "count": str(len(people))}, effects)


def _people(wish: Wish, desk: Desk) -> Sequence[Member] | Ask:
    """Everybody who was named; the question who it was where nobody was, or two sound alike."""
    if wish.confirmed and (read := kept(wish, desk)):
        return read
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
    if (read := wish.text_slot("quarter")) and period == (wish.slots.get("period_read") or None):
        return read
    if not isinstance(period, Span) or not period.start:
        return quarter_of(desk.now)
    first = quarter_of(datetime.fromisoformat(period.start))
    return first if first == quarter_of(datetime.fromisoformat(period.end or period.start)) else None


def _each(people: Sequence[Member], paid: dict[int, int]) -> str:
    parts = words.load(OWN, "parts")
    return "，".join(parts.say("one", name=each.name, amount=say_yuan(paid[each.id])) for each in people)
