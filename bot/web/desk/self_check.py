"""自查: what the rules ask, whether the books show it done, and what is to be done; and the record of a session."""

from __future__ import annotations

import tempfile
from pathlib import Path
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.web.desk.entrance import HOME
from bot.web.desk.pages import Pages
from bot.web.desk.papers import FORMS
from bot.web.desk.visit import Visit
from storage.checks import check_branch
from storage.checks.applying import ORDER
from storage.export.session_record import NoSuchSession, export_record


class SelfCheck(Pages):
    """The page that a secretary goes through before an inspection."""

    def routes(self) -> list[BaseRoute]:
        """The addresses of this group."""
        return [
            Route(f"{HOME}/self-check", self.room.page("desk/self_check.html", self._page)),
            Route(f"{HOME}/sessions/{{session:int}}/record", self._record, methods=["POST"]),
        ]

    def _page(self, visit: Visit) -> dict[str, object]:
        found = check_branch(self.db, visit.branch_id, visit.profile, self.room.app.clock(), cares=visit.cares)
        self.room.note(visit, "self_checked", count=len(found))
        piles = {state: [each for each in found if each.state == state] for state in ORDER}
        return {"piles": {state: pile for state, pile in piles.items() if pile}, "locality": visit.profile.name}

    async def _record(self, request: Request) -> Response:
        """The record of a session as .docx."""
        form = await request.form(max_files=0, max_fields=10)
        visit = self.room.proven(request, str(form.get("csrf", "")))
        app = self.room.app
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "record.docx"
            try:
                record = export_record(
                    self.db, app.config.database, visit.branch_id, visit.key("session"), file, app.clock(),
                    visit.officer.id,
                )  # fmt: skip
            except NoSuchSession:
                self.room.refuse(visit)
                raise HTTPException(404) from None
            content = file.read_bytes()
        name = quote(f"{record.title} {record.day} {record.session}.docx")
        disposition = f"attachment; filename*=UTF-8''{name}"
        return Response(content, media_type=FORMS["docx"], headers={"Content-Disposition": disposition})
