"""A button that was pressed: done once in one commit, told on the page after it, and nothing that was typed is lost."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from starlette.datastructures import FormData

from bot.app import App
from bot.web.desk.visit import Acted, Visit
from dialogs.skill import Desk
from storage import inbox
from storage.database import writing
from storage.members import Member

CHANNEL = "desk"
OURS = ("csrf", "once", "here", "seen")
"""Fields that nobody fills in."""
HAN = re.compile(r"[\u4e00-\u9fff]")

Button = Callable[[Visit, FormData, Desk], Acted]


def commit(app: App, visit: Visit, form: FormData, act: Button) -> tuple[int, Acted]:
    """What was done, its log entries, its messages and the answer in one commit; a second press changes nothing."""
    db, now = app.db, app.clock()
    update_id = f"{visit.officer.id}:{form.get('once', '')}"
    with writing(db):
        received = inbox.accept(db, CHANNEL, update_id, now, member_id=visit.officer.id)
        if received.answer is not None:
            return received.id, Acted(**json.loads(received.answer))
        desk = Desk(db, visit.officer, now, CHANNEL, received.id, None, visit.profile, "")
        acted = act(visit, form, desk)
        answer = json.dumps({"text": acted.text, "where": acted.where}, ensure_ascii=False)
        inbox.complete(db, received.id, answer, visit.officer.id)
    return received.id, acted


def told(app: App, key: str, officer: Member) -> str:
    """What was done by the press with this key, if it was this officer's; else nothing."""
    if not key.isdigit():
        return ""
    row = app.db.execute(
        "SELECT answer FROM inbox WHERE id = ? AND member_id = ? AND channel = ?", [int(key), officer.id, CHANNEL]
    ).fetchone()
    return str(json.loads(row[0])["text"]) if row and row[0] else ""


def typed(form: FormData) -> list[str]:
    """The words that somebody wrote into a form, to be shown again where it cannot be taken."""
    written = [value.strip() for name, value in form.multi_items() if name not in OURS and isinstance(value, str)]
    return [each for each in written if HAN.search(each)]
