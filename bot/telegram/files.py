"""A document that an officer sends into the chat becomes one of the branch's; the officer hears what was cut."""

from __future__ import annotations

import asyncio

from telegram import Bot, Document
from telegram.constants import FileSizeLimit

from bot.addressed import addressed
from bot.app import App
from bot.documents.reading import UnreadableDocument
from bot.documents.taking_in import keep_file, prepare_file, report
from bot.documents.wording import wording
from bot.telegram.enrolment import CHANNEL
from bot.telegram.saying import Saying
from storage import members
from storage.database import writing
from storage.inbox import Received
from storage.members import Member


class Files:
    """Takes in the documents of the chat."""

    def __init__(self, app: App, bot: Bot, saying: Saying) -> None:
        self._app = app
        self._bot = bot
        self._saying = saying

    async def take(self, received: Received, member: Member, account: int, document: Document) -> None:
        """Answer an update that carries a document. The same update again gives the same answer."""
        officers = members.officers(self._app.db, member.branch_id, self._app.clock())
        if member.id not in {each.id for each in officers}:
            secretary = officers[0].spoken if officers else ""
            told = _say("members_ask", name=addressed(self._app, member), secretary=secretary)
            self._saying.answer(received, account, told, member)
        elif (document.file_size or 0) > FileSizeLimit.FILESIZE_DOWNLOAD:
            self._saying.answer(received, account, _say("large"), member)
        else:
            with writing(self._app.db):
                self._saying.put(received, account, _say("reading"), member, kind="reading")
            self._saying.committed()
            file = await self._bot.get_file(document)
            await self._keep(received, member, account, bytes(await file.download_as_bytearray()))

    async def _keep(self, received: Received, member: Member, account: int, data: bytes) -> None:
        try:
            ready = await asyncio.to_thread(prepare_file, data)
        except UnreadableDocument as fault:
            self._saying.answer(received, account, str(fault), member)
            return
        with writing(self._app.db):  # the document, its log entry, the news to members and the answer stand together
            kept = keep_file(self._app.db, member, ready, self._app.clock(), CHANNEL)
            self._saying.answer(received, account, report(kept, ready), member)


def _say(key: str, **values: str) -> str:
    return wording("chat")[key].format(**values)
