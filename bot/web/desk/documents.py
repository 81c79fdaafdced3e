"""The branch's documents: taken in as text, read and heard here too, and who has listened to them."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.web.desk import fields
from bot.web.desk.entrance import HOME
from bot.web.desk.room import Acted, NotYours, Pages, Unfit, Visit
from bot.web.sound import sound_response
from bot.web.wording import wording
from dialogs import library
from dialogs.skill import Desk
from speech.contracts import SpeechError
from storage import documents, listeners
from storage.documents import Document

LONGEST = 400_000
"""Characters of a document that is pasted."""
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
            Route(f"{HOME}/documents", self.room.button(self._add), methods=["POST"]),
            Route(f"{HOME}/documents/{{document:int}}", self.room.page("desk/document.html", self._one)),
            Route(f"{HOME}/documents/{{document:int}}/voice/{{part:int}}.ogg", self._voice),
        ]

    def _shelf(self, visit: Visit) -> dict[str, object]:
        return {
            "shelf": [
                (each, listeners.count(self.db, each.id)) for each in documents.documents(self.db, visit.branch_id)
            ]
        }

    def _ours(self, visit: Visit) -> Document:
        found = documents.document(self.db, visit.branch_id, visit.key("document"))
        if found is None:
            raise NotYours
        return found

    def _one(self, visit: Visit) -> dict[str, object]:
        document = self._ours(visit)
        return {
            "document": document,
            "chapters": documents.chapters(self.db, document.id),
            "listeners": listeners.of_document(self.db, document.id),
        }

    def _add(self, visit: Visit, form: FormData, desk: Desk) -> Acted:
        text = fields.text(form, "text", needed="document", longest=LONGEST)
        title = fields.text(form, "title", longest=120)
        before = {each.title for each in documents.documents(self.db, visit.branch_id)}
        titled = library.title_of(text) or title
        if not titled:
            raise Unfit("title")
        if titled in before:
            raise Unfit("document_there")
        key = library.take_in(self.db, visit.branch_id, text, desk.now, title=titled)
        kept = documents.document(self.db, visit.branch_id, key)
        values = {"name": visit.officer.name, "title": kept.title if kept else titled}
        self.room.note(visit, "document_added", None, title=values["title"])
        return Acted(wording("acted")["document_added"].format(**values), f"{HOME}/documents/{key}")

    async def _voice(self, request: Request) -> Response:
        visit = self.room.visit(request)
        try:
            document = self._ours(visit)
        except NotYours:
            self.room.refuse(visit)
            raise HTTPException(404) from None
        part = visit.key("part")
        texts = {each.number: each.gist or each.text for each in documents.chapters(self.db, document.id)}
        text = {SUMMARY: document.summary, **texts}.get(part)
        if not text:
            raise HTTPException(404)
        try:
            sound = await self.room.app.turn.voice(text[:LONGEST_VOICE], visit.officer)
        except SpeechError:
            raise HTTPException(404) from None
        return sound_response(request, sound, "audio/ogg")
