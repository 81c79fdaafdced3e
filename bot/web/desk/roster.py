"""A roster taken over from a spreadsheet: looked at first, with every slip named, and written only when it is right."""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.web.desk import fields
from bot.web.desk.entrance import HOME
from bot.web.desk.pages import Pages
from bot.web.desk.visit import Acted, Unfit, Visit
from bot.web.wording import wording
from dialogs.skill import Desk
from storage.roster.reading import NoHeading, Roster, read_roster
from storage.roster.taking import check_roster, look_at_roster, take_roster
from storage.spreadsheet import MOST_BYTES, SpreadsheetError, read_table

AROUND_IT = 64 * 1024
"""Bytes that the form may take besides the file."""


class RosterDesk(Pages):
    """Where a roster is handed in."""

    def routes(self) -> list[BaseRoute]:
        """The addresses of this group."""
        return [
            Route(f"{HOME}/roster", self.room.page("desk/roster.html", lambda _: {"roster": None})),
            Route(f"{HOME}/roster", self._look, methods=["POST"]),
            Route(f"{HOME}/roster/take", self.room.button(self._take), methods=["POST"]),
        ]

    async def _look(self, request: Request) -> Response:
        """What each column was taken for, what is wrong, and what taking it over would do; nothing is written."""
        if int(request.headers.get("content-length") or 0) > MOST_BYTES + AROUND_IT:
            return self._unfit(self.room.visit(request), "sheet_too_big")
        form = await request.form(max_files=1, max_fields=10)
        visit = self.room.proven(request, str(form.get("csrf", "")))
        file = form.get("file")
        content = await file.read() if isinstance(file, UploadFile) else b""
        try:
            roster = await asyncio.to_thread(_read, content, self.room.app.clock().year)
        except Unfit as unfit:
            return self._unfit(visit, str(unfit))
        faults = check_roster(self.db, visit.branch_id, roster)
        values: dict[str, object] = {"roster": roster, "faults": faults}
        if not faults:
            values["would"] = look_at_roster(self.db, visit.branch_id, roster)
            values["kept"] = self._keep(visit, content)
        return self.room.render(visit, "desk/roster.html", values, 422 if faults else 200)

    def _take(self, visit: Visit, form: FormData, desk: Desk) -> Acted:
        """Write the roster that was looked at."""
        file = self._kept(visit, fields.text(form, "kept", longest=64))
        if not file.is_file():
            raise Unfit("sheet_gone")
        roster = _read(file.read_bytes(), desk.now.year)
        if check_roster(self.db, visit.branch_id, roster):
            raise Unfit("sheet_gone")
        taken = take_roster(self.db, visit.branch_id, roster, desk.now, visit.officer.id)
        file.unlink()
        text = wording("roster")["taken"].format(added=len(taken.added), changed=len(taken.changed))
        return Acted(text, f"{HOME}/members")

    def _keep(self, visit: Visit, content: bytes) -> str:
        """Keep the file until it is taken; one an officer, so that nothing personal is left about."""
        name = hashlib.sha256(content).hexdigest()
        file = self._kept(visit, name)
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        for old in file.parent.glob(f"{visit.officer.id}-*"):
            old.unlink()
        file.write_bytes(content)
        file.chmod(0o600)
        return name

    def _kept(self, visit: Visit, name: str) -> Path:
        if not name.isalnum():
            raise Unfit("sheet_gone")
        return self.room.app.config.data.folder / "rosters" / f"{visit.officer.id}-{name}"

    def _unfit(self, visit: Visit, key: str) -> Response:
        words = {"unfit": wording("unfit")[key], "back": f"{HOME}/roster"}
        return self.room.render(visit, "desk/unfit.html", words, 422)


def _read(content: bytes, year: int) -> Roster:
    try:
        return read_roster(read_table(content), year)
    except SpreadsheetError as error:
        raise Unfit(f"sheet_{error.kind}") from error
    except NoHeading as error:
        raise Unfit("sheet_no_heading") from error
