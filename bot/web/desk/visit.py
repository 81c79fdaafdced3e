"""One request of an officer at the desk: who asks, what for, and what came of it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request

from storage.cards import CARE_ROLES
from storage.members import Member, Officer
from storage.profiles import Profile


class NotYours(Exception):
    """Something was asked for that is not the visitor's branch's; whether it exists at all is not said."""


class Unfit(Exception):
    """A field of a form cannot be used; the argument is the sentence in [unfit] of desk.toml."""


class Again(Exception):
    """A form is shown once more with what was typed; nothing was written."""

    def __init__(self, template: str, values: Mapping[str, object], status: int = 422) -> None:
        super().__init__(template)
        self.template = template
        self.values = values
        self.status = status


@dataclass(frozen=True)
class Visit:
    """One request of an officer who is signed in."""

    request: Request
    """The request."""
    officer: Member
    """Who asks."""
    office: Officer
    """Their office today; the lowest rung where they have several."""
    roles: tuple[str, ...]
    """All their offices today."""
    branch: str
    """Name of the branch."""
    profile: Profile
    """The locality's rules."""
    csrf: str
    """What each form must bring along."""
    told: str
    """What was done by the press that led here; empty otherwise."""

    @property
    def branch_id(self) -> int:
        """The branch."""
        return self.officer.branch_id

    def key(self, name: str) -> int:
        """A key in the address."""
        return int(self.request.path_params[name])

    def asked(self, name: str) -> str:
        """A field behind the question mark."""
        return self.request.query_params.get(name, "").strip()

    @property
    def cares(self) -> bool:
        """Whether they may read about health: those who go and see people."""
        return any(role in CARE_ROLES for role in self.roles)

    def for_carers(self) -> None:
        """Raises NotYours for an office that may not read about health."""
        if not self.cares:
            raise NotYours

    def once(self) -> str:
        """A number for one form: pressed twice, it is done once."""
        return secrets.token_urlsafe(12)


@dataclass(frozen=True)
class Acted:
    """What a button did."""

    text: str
    """What the officer reads of it."""
    where: str
    """The page that is shown next."""
