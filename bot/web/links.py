"""Everybody's link, to be printed at each start."""

from __future__ import annotations

from bot.app import App
from bot.web.security import page_key, page_secret
from storage import members
from storage.database import writing
from storage.members import Member


def issue_links(app: App) -> list[tuple[Member, str]]:
    """Everybody's link, usable from now on: /s/… for those on duty today, /m/… for all others."""
    key = page_key(app.config.data.folder)
    now = app.clock()
    links = []
    with writing(app.db):
        for (branch_id,) in app.db.execute("SELECT id FROM branch ORDER BY id").fetchall():
            on_duty = {officer.id for officer in members.officers(app.db, branch_id, now)}
            for person in members.members(app.db, branch_id):
                secret = page_secret(key, person.id)
                members.add_link(app.db, secret, person.id, "page", now)
                links.append((person, f"{app.config.address}/{'s' if person.id in on_duty else 'm'}/{secret}"))
    return links
