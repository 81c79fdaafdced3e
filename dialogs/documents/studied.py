"""Who heard a document at home has studied: where the profile counts it, the session they missed says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from dialogs.reply import Effect
from dialogs.rules import steps
from dialogs.skill import Desk
from storage import attendances, listening
from storage.documents import Document
from storage.log import About
from storage.profiles import Profile


@dataclass(frozen=True)
class Studied:
    """Study at home that was just entered."""

    session: str
    """The title of the session that it stands for."""
    effects: tuple[Effect, ...]
    """What was written."""


def studied_at_home(document: Document, desk: Desk) -> Studied | None:
    """Enter the listener as having studied at home, once enough of the document was heard; most often None.

    What counts is the latest study session of the last weeks at which they were not; one that they came to stays.
    """
    heard, of = listening.share(desk.db, document.id, desk.speaker.id)
    if not of or heard * 100 < of * _number(desk.profile, "home_study.heard_percent"):
        return None
    since = desk.now - timedelta(days=_number(desk.profile, "home_study.within_days"))
    missed = listening.missed_study(desk.db, desk.speaker.branch_id, desk.speaker.id, since, desk.now)
    counts_for = steps(desk.profile, "home_study.counts_for")
    groups = {"everybody"} | ({"frail"} if desk.speaker.frail else set())
    if missed is None or not (groups | ({"leave"} if missed.excused else set())) & set(counts_for):
        return None
    if listening.counted(desk.db, document.id, desk.speaker.id):
        return None
    attendances.record(desk.db, missed.session_id, desk.speaker.id, "home_study", desk.now)
    listening.count_for(desk.db, document.id, desk.speaker.id, missed.session_id, desk.now)
    entry = desk.log(
        "studied_at_home", About("session", missed.session_id), source="documents/studied",
        name=desk.speaker.name, title=document.title, session=missed.title,
    )  # fmt: skip
    written = (Effect("home_study", "session", missed.session_id), Effect("logged", "entry", entry.id))
    return Studied(missed.title, written)


def _number(profile: Profile, key: str) -> int:
    value = profile.rules[key].value
    if not isinstance(value, int):
        raise TypeError(f"profile {profile.key}: {key} is no number")
    return value
