"""A member says that dues are paid: amount and quarter are read back before they are written."""

from __future__ import annotations

from datetime import datetime

from dialogs.money import say_quarter, say_yuan
from dialogs.reply import Effect
from dialogs.skill import Ask, Confirm, Desk, Done, Outcome, Wish
from dialogs.understanding.meaning import Span
from storage import dues
from storage.dues import quarter_of
from storage.log import About


def act(wish: Wish, desk: Desk) -> Outcome:
    """Read back amount and quarter, and on a yes write them as claimed; the secretary verifies."""
    quarter = _quarter(wish, desk)
    if quarter is None:
        return Done("several_quarters", {"secretary": desk.secretary})
    standing = dues.dues(desk.db, desk.speaker.id, quarter)
    said = {"quarter": say_quarter(quarter), "secretary": desk.secretary}
    if standing and standing.state == "verified":
        return Done("verified_already", {**said, "amount": say_yuan(standing.paid_fen or 0)})
    amount = _fen(wish, desk)
    if amount is None:
        return Ask("how_much", "amount", said)
    if not wish.confirmed:
        return Confirm("read_back", {**said, "amount": say_yuan(amount)}, {"amount": amount / 100})
    written = dues.claim(desk.db, desk.speaker.id, quarter, amount, desk.now)
    paid = say_yuan(written.paid_fen or 0)
    entry = desk.log("claimed", About("dues", written.id), name=desk.speaker.name, quarter=said["quarter"], amount=paid)
    return Done(
        "claimed",
        {**said, "amount": paid},
        (Effect("claimed", "dues", written.id), Effect("logged", "entry", entry.id)),
    )


def _quarter(wish: Wish, desk: Desk) -> str | None:
    """The quarter that was said, or this one; None where the words span several."""
    period = wish.slots.get("period")
    if not isinstance(period, Span) or not period.start:
        return quarter_of(desk.now)
    first = quarter_of(datetime.fromisoformat(period.start))
    last = quarter_of(datetime.fromisoformat(period.end or period.start))
    return first if first == last else None


def _fen(wish: Wish, desk: Desk) -> int | None:
    """What was said, else what the branch set for this member."""
    said = wish.slots.get("amount")
    if isinstance(said, (int, float)) and said > 0:
        return round(said * 100)
    return desk.speaker.dues_fen
