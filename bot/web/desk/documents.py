"""The branch's documents: taken in as a file or as text, read and heard here too, and who has listened to them."""

from __future__ import annotations

import asyncio
from functools import partial

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.documents.reading import DEFAULT as LIMITS
from bot.documents.reading import UnreadableDocument
from bot.documents.taking_in import PreparedFile, keep_file, prepare_file, report
from bot.web.desk import fields
from bot.web.desk.entrance import HOME
from bot.web.desk.pages import Pages
from bot.web.desk.paging import sheet
from bot.web.desk.pressed import CHANNEL
from bot.web.desk.visit import Acted, NotYours, Unfit, Visit
from bot.web.sound import sound_response
from bot.web.wording import wording
from dialogs.skill import Desk
from speech.contracts import SpeechError
from storage import documents, listening
from storage.chapters import chapters_of
from storage.documents import Document

LONGEST_TEXT = 4 << 20
"""Bytes of a document that is pasted."""
AROUND_IT = LONGEST_TEXT + (64 << 10)
"""Bytes that the form may take besides a file."""
A_PAGE = 30
"""Documents, or chapters of one, on one sheet."""
LISTENERS = 50
"""Names of who heard a document on one sheet."""
SUMMARY = 0
"""Number of the part that is the summary; chapters count from 1."""
LONGEST_VOICE = 1200
"""Characters that are spoken in one go here; members hear documents in pieces."""


class Shelf(Pages):
    """The shelf and each document on it."""

    def routes(self) -> list[BaseRoute]:
        """The addresses of this group."""
        return [
            Route(f"{HOME}/documents", self.room.page("desk/documents.html", self._shelf)),
            Route(f"{HOME}/documents", self._add, methods=["POST"]),
            Route(f"{HOME}/documents/{{document:int}}", self.room.page("desk/document.html", self._one)),
            Route(f"{HOME}/documents/{{document:int}}/voice/{{part:int}}.ogg", self._voice),
        ]

    def _shelf(self, visit: Visit) -> dict[str, object]:
        shown = sheet(documents.documents(self.db, visit.branch_id), visit, A_PAGE)
        return {"sheet": shown.showing([(each, len(listening.listeners(self.db, each.id))) for each in shown.items])}

    def _ours(self, visit: Visit) -> Document:
        found = documents.document(self.db, visit.branch_id, visit.key("document"))
        if found is None:
            raise NotYours
        return found

    def _one(self, visit: Visit) -> dict[str, object]:
        document = self._ours(visit)
        return {
            "document": document,
            "chapters": sheet(chapters_of(self.db, document.id), visit, A_PAGE, "chapter"),
            "listeners": sheet(listening.listeners(self.db, document.id), visit, LISTENERS),
        }

    async def _add(self, request: Request) -> Response:
        """A file, or a text that was pasted: read in a limited child process, then kept and told of in one commit."""
        self.room.visit(request)  # nothing is read from a stranger
        if int(request.headers.get("content-length") or 0) > LIMITS.bytes + AROUND_IT:
            raise HTTPException(413)
        async with request.form(max_files=1, max_fields=9, max_part_size=LONGEST_TEXT) as form:
            visit = self.room.proven(request, str(form.get("csrf", "")))
            try:
                data = await _sent(form)
                title = fields.text(form, "title", longest=120)
                ready = await asyncio.to_thread(prepare_file, data, title)
            except Unfit as unfit:
                return self.room.unfit(visit, form, wording("unfit")[str(unfit)])
            except UnreadableDocument as fault:
                return self.room.unfit(visit, form, str(fault))
            return self.room.after(*self.room.commit(visit, form, partial(self._keep, ready)))

    def _keep(self, ready: PreparedFile, visit: Visit, _: FormData, desk: Desk) -> Acted:
        kept = keep_file(self.db, visit.officer, ready, desk.now, CHANNEL)
        return Acted(report(kept, ready), f"{HOME}/documents/{kept.document_id}")

    async def _voice(self, request: Request) -> Response:
        visit = self.room.visit(request)
        try:
            document = self._ours(visit)
        except NotYours:
            self.room.refuse(visit)
            raise HTTPException(404) from None
        part = visit.key("part")
        texts = {each.number: each.gist or each.text for each in chapters_of(self.db, document.id)}
        text = {SUMMARY: document.summary, **texts}.get(part)
        if not text:
            raise HTTPException(404)
        try:
            sound = await self.room.app.engines.speak(text[:LONGEST_VOICE], visit.officer)
        except SpeechError:
            raise HTTPException(404) from None
        return sound_response(request, sound, "audio/ogg")


async def _sent(form: FormData) -> bytes:
    """The file, else the text that was pasted. Raises Unfit where there is neither."""
    file = form.get("file")
    data = await file.read() if isinstance(file, UploadFile) else b""
    return data or fields.text(form, "text", needed="document", longest=LONGEST_TEXT).encode()
