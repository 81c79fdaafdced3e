"""Everybody's link, to be printed at each start."""

from __future__ import annotations

from bot.app import App
from bot.web.desk.entrance import new_link
from bot.web.security import page_key, page_secret
from storage import links, members
from storage.database import writing
from storage.members import Member, Officer


def issue_links(app: App) -> list[tuple[Member, str]]:
    """Everybody's own page, /m/…, usable from now on."""
    key = page_key(app.config.data.folder)
    now = app.clock()
    pages = []
    with writing(app.db):
        for (branch_id,) in app.db.execute("SELECT id FROM branch ORDER BY id").fetchall():
            for person in members.members(app.db, branch_id):
                secret = page_secret(key, person.id)
                links.add_link(app.db, secret, person.id, "page", now)
                pages.append((person, f"{app.config.address}/m/{secret}"))
    return pages


def issue_sign_ins(app: App) -> list[tuple[Officer, str]]:
    """A new link to the desk, /s/…, for each who is on duty today; each works once."""
    sign_ins = []
    for (branch_id,) in app.db.execute("SELECT id FROM branch ORDER BY id").fetchall():
        for officer in members.officers(app.db, branch_id, app.clock()):
            person = members.member(app.db, officer.id)
            if person:
                sign_ins.append((officer, new_link(app, person)))
    return sign_ins
