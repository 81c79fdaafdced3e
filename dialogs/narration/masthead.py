"""Title, number, issuer and date: what a document says about itself before and after its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.narration.attached import attachments, blank_forms, echoes
from dialogs.narration.data import word_lists
from dialogs.narration.numbering import label_of
from dialogs.narration.offices import is_office
from dialogs.narration.signatures import iso_date, offices_above, printed_date, signature
from dialogs.narration.sweep import is_noise
from dialogs.narration.titles import HEAD_LINES, title_of

_ADDRESS_LINES = 4
_ABOUT = re.compile(r"^(?P<issuer>[^《》]{4,60}?)(?:印发)?关于")


@dataclass(frozen=True)
class Masthead:
    """What a document says about itself, and the lines that are left when this is taken away."""

    title: str
    """Joined over lines; empty if none was found."""
    number: str | None
    """Only if it stands on a line of its own; a number within a sentence is one that is cited."""
    issuer: str | None
    """From the signature, else from the head, else from the title."""
    date: str | None
    """ISO."""
    signature: str
    """Signature and date as written, for the last sentence; empty if there is none."""
    lines: tuple[str, ...]
    """The body."""
    removed: tuple[str, ...]
    """Recipients, greeting, list of attachments, repeated titles."""


def masthead(lines: Sequence[str], swept: Sequence[str] = ()) -> Masthead:
    """Read the head and the signature of a swept document; `swept` may still hold the date of printing."""
    gone: set[int] = set()
    number = _take_first(lines, "number", gone)
    issued = _take_first(lines, "issued", gone)
    recipients = _recipients(lines) - gone
    signature_at, date = signature(lines, gone | recipients)
    gone |= signature_at
    title, title_at = title_of(lines, gone | recipients)
    above = offices_above(lines, min(title_at), gone, through=True) if title_at else set()
    gone |= title_at | above
    cut = recipients | attachments(lines) | blank_forms(lines, signature_at)
    cut |= echoes(lines, title, gone | recipients)
    signed = [lines[at] for at in sorted(signature_at)]
    return Masthead(
        title=title,
        number=number,
        issuer=_issuer(signed, issued, title) or "、".join(lines[at] for at in sorted(above)) or None,
        date=date or printed_date(swept),
        signature="，".join(line.strip("（()）") for line in signed),
        lines=tuple("" if at in gone | cut else line for at, line in enumerate(lines)),
        removed=tuple(lines[at] for at in sorted(cut)),
    )


def _take_first(lines: Sequence[str], name: str, gone: set[int]) -> str | None:
    patterns = [re.compile(pattern) for pattern in word_lists("noise", "masthead")[name]]
    for at, line in enumerate(lines[: HEAD_LINES * 2]):
        for pattern in patterns:
            match = pattern.match(line)
            if match:
                gone.add(at)
                return match[1].replace(" ", "")
    return None


def _recipients(lines: Sequence[str]) -> set[int]:
    """The line, or the broken lines, that say to whom it is addressed; and a speaker's greeting."""
    filled = [at for at, line in enumerate(lines) if line][:HEAD_LINES]
    greetings = {at for at in filled if is_noise("greeting", lines[at])}
    if greetings:
        return {min(greetings)}
    for place in range(len(filled)):
        for size in range(1, _ADDRESS_LINES + 1):
            run = filled[place : place + size]
            whole = "".join(lines[at] for at in run)
            if "。" in whole or label_of(lines[run[-1]]) is not None:
                break
            if is_noise("recipients", whole) or (size == 1 and is_noise("addressee", whole)):
                return set(run)
    return set()


def _issuer(signature: Sequence[str], issued: str | None, title: str) -> str | None:
    organisations = [line for line in signature if not iso_date(line)]
    if organisations:
        return "、".join(organisations)
    if issued:
        return issued
    about = _ABOUT.match(title)
    return about["issuer"] if about and is_office(about["issuer"]) else None
