"""How somebody is addressed now, wherever a channel greets them itself."""

from __future__ import annotations

from bot.app import App
from dialogs.addressing import address
from storage import members
from storage.members import Member


def addressed(app: App, member: Member) -> str:
    """The form for this person today: an office may have begun or ended since yesterday."""
    now = app.clock()
    return address(member, members.officers(app.db, member.branch_id, now), now)
