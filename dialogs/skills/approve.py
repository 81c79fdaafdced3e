"""An officer grants an application: it is read back first, and reduced dues go the way that the locality asks for."""

from __future__ import annotations

from dialogs.money import say_yuan
from dialogs.officers import applicants, deciding
from dialogs.skill import Ask, Confirm, Desk, Outcome, Wish
from storage.applications import Application


def act(wish: Wish, desk: Desk) -> Outcome:
    """Read back whose application it is and what the yes will write, then write it; the member hears it."""
    application = applicants.wanted(wish, desk)
    if not isinstance(application, Application):
        return application
    if application.kind == "dues_relief":
        return _relief(application, wish, desk)
    if wish.confirmed:
        return deciding.grant(application, (), None, desk)
    said = {"name": application.name, "subject": deciding.subject(application), "value": application.value}
    return Confirm("read_back", said, {"application": application.id})


def _relief(application: Application, wish: Wish, desk: Desk) -> Outcome:
    """One step a yes, for what the branch has agreed the higher committee has not; the amount with the last."""
    left = deciding.steps_left(application, desk)
    said = {"name": application.name, "subject": deciding.subject(application)}
    chosen = {"application": application.id}
    if left and not wish.confirmed:
        return Confirm("read_back_step", {**said, "step": left[0]}, chosen)
    if len(left) > 1:
        return deciding.grant(application, left[:1], None, desk)
    if left:
        deciding.grant(application, left, None, desk)
    amount = wish.slots.get("amount")
    if not isinstance(amount, int | float):
        return Ask("how_much", "amount", said, slots=chosen)
    fen = round(amount * 100)
    if wish.confirmed and wish.slots.get("read_back") == fen:
        return deciding.grant(application, (), fen, desk)
    return Confirm("read_back_dues", {**said, "amount": say_yuan(fen)}, {**chosen, "amount": amount, "read_back": fen})
