"""A member asks to pay less or nothing: the reason is read back, then the application lies before the secretary."""

from __future__ import annotations

from dialogs import handing, rules, words
from dialogs.reply import Effect
from dialogs.skill import Ask, Confirm, Desk, Done, Outcome, Wish
from storage import applications

CHAIN = "dues.relief_chain"
"""The rule on who decides; its first step is the member's own application."""


def act(wish: Wish, desk: Desk) -> Outcome:
    """Ask for the reason, read it back in the member's own words, and on a yes hand the application in."""
    if wish.key_slot("withdraw"):
        return _not_wanted(desk)
    if applications.waiting(desk.db, desk.speaker.id, "dues_relief"):
        return _already(wish, desk)
    kept = handing.keep(wish, desk)
    reason = _reason(wish, desk)
    if not reason:
        return Ask("why", "reason", slots=kept.slots)
    if not wish.confirmed:
        return Confirm("read_back", {"reason": reason}, {**kept.slots, "reason": reason})
    chain = desk.profile.rules[CHAIN]
    steps = rules.steps(desk.profile, CHAIN)[1:]
    handed = handing.apply(
        desk, "dues_relief", kept, "relief", reason=reason, steps="，".join(steps), origin=rules.source(chain)
    )
    said = {"told": handed.told, "steps": "、".join(steps), "basis": rules.basis(chain)}
    return Done("submitted", said, handed.effects, undo=Wish(wish.intent, {"withdraw": handed.id}))


def _not_wanted(desk: Desk) -> Done:
    """算了，还是照交: whoever decides hears so; the application stays theirs to close."""
    entry = desk.log("relief_not_wanted", name=desk.speaker.name)
    told = handing.note(desk, f"relief_not_wanted:{desk.turn}", entry)
    return Done("not_wanted", {"told": told}, (Effect("logged", "entry", entry.id),))


def _reason(wish: Wish, desk: Desk) -> str:
    """The whole sentence in which the reason was given: the slot alone is only the piece that was recognised.

    Of a correction (不对，是老伴住院花了钱) it is the piece: the denial is no part of the reason.
    """
    piece = wish.text_slot("reason")
    if wish.confirmed or not piece:
        return piece
    whole = next((said for said in (desk.said, wish.text) if piece in said), piece)
    return piece if any(whole.startswith(cue) for cue in words.lists("manager", "cues")["denial"]) else whole


def _already(wish: Wish, desk: Desk) -> Outcome:
    """One application is enough; what was said in addition is passed on in its own words."""
    kept = handing.keep(wish, desk)
    entry = desk.log("relief_again", name=desk.speaker.name, said=kept.said)
    told = handing.note(desk, f"relief:{desk.turn}", entry, kept)
    return Done("already", {"told": told})
