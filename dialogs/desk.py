"""What a skill works with during one turn: the second thing it is given, and all it needs: no clock, no network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlite_utils import Database

from dialogs import words
from dialogs.addressing import address
from storage import duty, log
from storage.log import About
from storage.members import Member, Officer
from storage.profiles import Profile


@dataclass(frozen=True)
class Desk:
    """What a skill works with during one turn: who speaks, when, and the branch's books."""

    db: Database
    """The database, inside the turn's transaction."""
    speaker: Member
    """Who speaks."""
    now: datetime
    """Local time."""
    channel: str
    """Where it is said."""
    turn: int
    """Key of the inbox row; chooses among variants of a sentence, makes outbox keys unique."""
    recording_id: int | None
    """The voice message in which it was said."""
    profile: Profile
    """The locality's rules."""
    skill: str
    """Name of the skill at work."""
    said: str = ""
    """The words of this turn: the wish itself, or the answer to what was asked."""
    readings: tuple[str, ...] = ()
    """What else may have been heard, likeliest first."""

    @property
    def branch_id(self) -> int:
        """The speaker's branch."""
        return self.speaker.branch_id

    @cached_property
    def officers(self) -> list[Officer]:
        """Everybody who may be called now, in the order in which they are called."""
        return duty.ladder(self.db, self.speaker.branch_id, self.now)

    @property
    def address(self) -> str:
        """How the speaker is addressed."""
        return address(self.speaker, self.officers, self.now)

    @property
    def secretary(self) -> str:
        """How members speak of the secretary on duty; the sentence for nobody where the list is empty."""
        return self.officers[0].spoken if self.officers else words.load("manager", "manager").say("nobody")

    def log(
        self,
        kind: str,
        about: About | None = None,
        member_id: int | None = None,
        source: str = "",
        **values: str | int,
    ) -> log.Entry:
        """Write an entry of the branch log, in the words of the skill's [log] or of another file's (`source`)."""
        sentence = words.load(source or f"skills/{self.skill}", "log").say(kind, **values)
        return log.append(
            self.db,
            branch_id=self.speaker.branch_id,
            at=self.now,
            kind=kind,
            sentence=sentence,
            actor_id=self.speaker.id,
            member_id=member_id if member_id is not None else self.speaker.id,
            channel=self.channel,
            about=about,
            fields=values if self.recording_id is None else {**values, "recording": self.recording_id},
        )
