"""What a member applied for is decided: granted on the way the locality asks for, or not; the member hears it."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs import notify, rules, words
from dialogs.money import say_yuan
from dialogs.reply import Effect
from dialogs.skill import Desk, Done
from storage import applications, decisions, members
from storage.applications import Application
from storage.log import About

OWN = "officers/deciding"
"""The file with the words."""
CHAIN = "dues.relief_chain"
"""The rule on who decides on dues; its first step is the member's own application."""


def steps_left(application: Application, desk: Desk) -> list[str]:
    """What has still to happen before dues can be reduced, in order; nothing for any other application."""
    if application.kind != "dues_relief":
        return []
    taken = decisions.steps_taken(desk.db, application.id)
    return [step for step in rules.steps(desk.profile, CHAIN)[1:] if step not in taken]


def grant(application: Application, steps: Sequence[str], due_fen: int | None, desk: Desk) -> Done:
    """Write the steps that are done; with the last of them the application is granted and takes effect.

    `due_fen` is what the member owes a quarter from now on, where dues are reduced. No reduced amount is written
    before the last step.
    """
    if application.state != "pending":
        return Done("decided_already", {"name": application.name}, source=OWN)
    for step in steps_left(application, desk):
        if step in steps:
            decisions.take_step(desk.db, application.id, step, desk.speaker.id, desk.now)
    left = steps_left(application, desk)
    if left:
        return _on_the_way(application, left, desk)
    if application.kind == "dues_relief" and due_fen is None:
        return Done("which_amount", {"name": application.name}, source=OWN)
    if not applications.decide(desk.db, desk.speaker.branch_id, application.id, "approved", desk.speaker.id, desk.now):
        return Done("decided_already", {"name": application.name}, source=OWN)
    value = _take_effect(application, due_fen, desk)
    return _told(f"granted_{application.kind}", application, desk, value=value)


def refuse(application: Application, reason: str, desk: Desk) -> Done:
    """Write that it is not granted, and why; nothing changes for the member."""
    if not applications.decide(desk.db, desk.speaker.branch_id, application.id, "rejected", desk.speaker.id, desk.now):
        return Done("decided_already", {"name": application.name}, source=OWN)
    return _told("refused", application, desk, reason=reason)


def subject(application: Application) -> str:
    """What was applied for, in a word or two."""
    return words.load(OWN, "words").say(f"subject_{application.kind}")


def _take_effect(application: Application, due_fen: int | None, desk: Desk) -> str:
    """Write what was granted; returns it as it now stands."""
    if application.kind == "dues_relief":
        decisions.set_dues(desk.db, application.member_id, due_fen or 0)
    elif application.kind == "phone":
        members.set_phone(desk.db, application.member_id, application.value)
    elif application.kind == "address":
        members.set_address(desk.db, application.member_id, application.value)
    standing = members.member(desk.db, application.member_id)
    if standing is None:  # has left the branch meanwhile: the decision stands, nobody is left whom it could change
        return application.value
    written = {"phone": standing.phone, "address": standing.address, "dues_relief": say_yuan(standing.dues_fen or 0)}
    return written.get(application.kind, application.value)


def _on_the_way(application: Application, left: Sequence[str], desk: Desk) -> Done:
    taken = decisions.steps_taken(desk.db, application.id)
    if not taken:
        return Done("which_step", {"name": application.name, "left": "、".join(left)}, source=OWN)
    values = {"done": "、".join(taken), "left": "、".join(left)}
    return _told("on_the_way", application, desk, **values)


def _told(state: str, application: Application, desk: Desk, **values: str) -> Done:
    values = {"name": application.name, "subject": subject(application), "officer": desk.speaker.name, **values}
    entry = desk.log(state, About("application", application.id), application.member_id, OWN, **values)
    news = words.load(OWN, "words").say(f"member_{state}", **values)
    notify.tell_member(desk, f"application:{application.id}:{desk.turn}", application.member_id, news)
    effects = (Effect(state, "application", application.id), Effect("logged", "entry", entry.id))
    return Done(state, values, effects, source=OWN)
