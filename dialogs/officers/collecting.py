"""Dues as an officer receives them: written as verified, and told to the member."""

from __future__ import annotations

from dialogs import notify, words
from dialogs.money import say_quarter, say_yuan
from dialogs.reply import Effect
from dialogs.skill import Desk, Done
from storage import dues
from storage.log import About
from storage.members import Member

OWN = "officers/collecting"
"""The file with the words."""


def receive(member: Member, quarter: str, paid_fen: int, desk: Desk) -> Done:
    """Write that the branch has a member's dues of a quarter; twice the same changes nothing."""
    before = dues.dues(desk.db, member.id, quarter)
    said = {"name": member.name, "quarter": say_quarter(quarter)}
    if before and before.state == "verified" and before.paid_fen == paid_fen:
        return Done("received_already", {**said, "amount": say_yuan(paid_fen)}, source=OWN)
    dues.verify_payment(desk.db, member.id, quarter, paid_fen, desk.speaker.id, desk.now)
    written = dues.dues(desk.db, member.id, quarter)
    if written is None:
        raise LookupError(f"the dues of member {member.id} were written and are not there")
    said["amount"] = say_yuan(written.paid_fen or 0)
    entry = desk.log("dues_received", About("dues", written.id), member.id, OWN, officer=desk.speaker.name, **said)
    news = words.load(OWN, "words").say("member_received", **said)
    # Corrected on the same day it is another amount, so another message.
    notify.tell_member(desk, f"dues:{written.id}:{paid_fen}", member.id, news)
    effects = (Effect("dues_received", "dues", written.id), Effect("logged", "entry", entry.id))
    return Done("received", said, effects, source=OWN)
