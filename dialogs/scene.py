"""One turn of a talk as the handlers see it, and the step that each of them may take."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlite_utils import Database

from dialogs import words
from dialogs.reply import Reply, Unheard
from dialogs.skill import Desk, Skill, Wish
from dialogs.talk import Talk
from dialogs.understanding.features import without_hesitation
from dialogs.understanding.meaning import Person, Role, Said, Situation, Title, Understanding
from dialogs.understanding.understand import Understander
from dialogs.words import Words
from storage import documents, duty, log, members
from storage.log import About
from storage.members import Member
from storage.profiles import Profile
from storage.settings import profile_of


@dataclass(frozen=True)
class Utterance:
    """One thing that reached the dialogue."""

    speaker: Member
    """Who said it."""
    said: Said | Unheard
    """The words, or why there are none."""
    now: datetime
    """Local time."""
    channel: str
    """Where it was said."""
    inbox_id: int
    """Key of its inbox row."""
    recording_id: int | None
    """Its voice message."""


@dataclass(frozen=True)
class Step:
    """What a handler decided."""

    reply: Reply
    """The answer."""
    talk: Talk
    """Where the talk stands after it."""
    lost: bool = False
    """Whether what was said was not understood."""


@dataclass(frozen=True)
class Scene:
    """Everything one turn can draw on."""

    db: Database
    """The database, inside the turn's transaction."""
    utterance: Utterance
    """What was said."""
    talk: Talk
    """Where the talk stood."""
    skills: Mapping[str, Skill]
    """What can be done."""
    understander: Understander
    """Who understands."""

    @cached_property
    def text(self) -> str:
        """The words, those of a recording as people here write them; empty where none were heard."""
        said = self.utterance.said
        if isinstance(said, Unheard):
            return ""
        return self.meaning.text if said.alternatives else said.text

    @cached_property
    def is_wordless(self) -> bool:
        """Whether nothing but hesitation was heard; 嗯 alone may be a yes."""
        return not without_hesitation(self.text) and self.meaning.intent != "affirm"

    @cached_property
    def profile(self) -> Profile:
        """The rules of the speaker's branch."""
        return profile_of(self.db, self.utterance.speaker.branch_id)

    @cached_property
    def role(self) -> Role:
        """As what the speaker speaks today."""
        return "secretary" if members.is_officer(self.db, self.utterance.speaker, self.utterance.now) else "member"

    @cached_property
    def meaning(self) -> Understanding:
        """What was meant, with the open question in mind."""
        question = self.talk.question
        expecting: tuple[str, ...] = ()
        if question:
            expecting = ("choose",) if question.options else () if question.slot else ("affirm", "deny")
            expecting = (*expecting, question.wish.intent)
        elif self.talk.meanings:
            expecting = ("choose", *self.talk.meanings.intents)
        else:
            expecting = tuple(self.talk.follow)
        return self.understand(self.utterance.said, expecting, question.slot if question else None)

    def understand(
        self, said: Said | Unheard, expecting: tuple[str, ...] = (), asked_slot: str | None = None
    ) -> Understanding:
        """What these words mean here, with the branch's own people and documents in mind."""
        if isinstance(said, Unheard):
            raise TypeError("nothing was heard, so there is nothing to understand")
        return self.understander.understand(said, self._situation(expecting, asked_slot))

    def as_meant(self, text: str, intent: str) -> Understanding:
        """Words of which it is known what they mean; only their slots are looked for."""
        return self.understander.as_meant(Said(text), self._situation(), intent)

    def desk(self, skill: str) -> Desk:
        """The desk at which a skill works."""
        it = self.utterance
        readings = it.said.alternatives if isinstance(it.said, Said) else ()
        return Desk(
            self.db, it.speaker, it.now, it.channel, it.inbox_id, it.recording_id, self.profile, skill, self.text,
            readings,
        )  # fmt: skip

    def words(self, table: str) -> Words:
        """The manager's own words, in this turn's variants."""
        return words.load("manager", table).of_turn(self.utterance.inbox_id)

    def log(self, kind: str, table: str, key: str, about: About | None = None, **values: str | int) -> log.Entry:
        """Write an entry in the manager's own words."""
        it = self.utterance
        return log.append(
            self.db,
            branch_id=it.speaker.branch_id,
            at=it.now,
            kind=kind,
            sentence=self.words(table).say(key, **values),
            actor_id=it.speaker.id,
            member_id=it.speaker.id,
            channel=it.channel,
            about=about,
            fields=values,
        )

    def settled(self, text: str) -> Step:
        """Say this, with nothing open."""
        return Step(Reply(text), self.talk.settled())

    def _situation(self, expecting: tuple[str, ...] = (), asked_slot: str | None = None) -> Situation:
        return Situation(
            self.role, self.utterance.now, self.roster, self._titles, expecting, asked_slot, self.profile.region
        )

    @cached_property
    def roster(self) -> tuple[Person, ...]:
        """The people of the branch, as names are heard."""
        branch = self.utterance.speaker.branch_id
        offices = {officer.id: officer.title for officer in duty.ladder(self.db, branch, self.utterance.now)}
        everybody = members.members(self.db, branch)
        return tuple(Person(each.name, each.gender, each.birth_year, offices.get(each.id, "")) for each in everybody)

    @cached_property
    def _titles(self) -> tuple[Title, ...]:
        shelf = documents.documents(self.db, self.utterance.speaker.branch_id)
        return tuple(Title(str(each.id), each.title, each.spoken_names) for each in shelf)


Handler = Callable[[Scene], Step | None]
"""Looks at the scene and takes the step, or leaves it to the next one."""


def wish_of(meaning: Understanding, intent: str | None = None) -> Wish:
    """What was meant, as something a skill can do."""
    return Wish(intent or meaning.intent, meaning.slots, meaning.text, doubts=meaning.doubts)
