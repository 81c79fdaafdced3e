"""An officer does not grant an application: the member hears why, so a reason is asked for."""

from __future__ import annotations

import re

from dialogs import words
from dialogs.officers import applicants, deciding
from dialogs.skill import Ask, Confirm, Desk, Outcome, Wish
from storage.applications import Application


def act(wish: Wish, desk: Desk) -> Outcome:
    """Ask for the reason, read back what the member will hear, and write it on a yes."""
    application = applicants.wanted(wish, desk)
    if not isinstance(application, Application):
        return application
    said = {"name": application.name, "subject": deciding.subject(application)}
    chosen = {"application": application.id}
    reason = (wish.text_slot("why") or _said_with(wish)).strip("，。！ ")
    if reason in ("", *words.lists("skills/reject", "cues")["no_reason"]):
        return Ask("why" if not reason else "why_needed", "why", said, slots=chosen, optional=True)
    if not wish.confirmed:
        return Confirm("read_back", {**said, "reason": reason}, {**chosen, "why": reason})
    return deciding.refuse(application, reason, desk)


def _said_with(wish: Wish) -> str:
    """The reason in the same breath: 先不批，跟他说材料要补一下."""
    cues = words.lists("skills/reject", "cues")
    match = re.search(cues["because"][0], wish.text) or re.search(cues["because_after"][0], wish.text)
    return match["why"] if match else ""
