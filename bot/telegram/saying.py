"""What the channel says by itself, in a chat: a row of the outbox, and the update is done with, in one commit."""

from __future__ import annotations

from bot.addressed import addressed
from bot.app import App
from bot.telegram.enrolment import CHANNEL
from bot.telegram.wording import words
from storage import inbox, outbox
from storage.database import writing
from storage.inbox import Received
from storage.members import Member


class Saying:
    """Answers that no skill gives."""

    def __init__(self, app: App) -> None:
        self._app = app

    def say(self, received: Received, account: int, key: str, member: Member | None = None) -> None:
        """Answer with a sentence of the channel's own. Of what a stranger said nothing is kept."""
        self.answer(received, account, self.sentence(key, member), member)

    def answer(self, received: Received, account: int, text: str, member: Member | None, *, link: str = "") -> None:
        """Answer with this text; a link after it is read, not spoken."""
        with writing(self._app.db):
            self.put(received, account, text, member, link=link)
            inbox.complete(self._app.db, received.id, "", member.id if member else None)
        self.committed()

    def put(
        self, received: Received, account: int, text: str, member: Member | None, *, link: str = "", kind: str = "reply"
    ) -> None:
        """A row of the outbox alone, one of each `kind` for an update; only a reply to a member is spoken, too."""
        outbox.put(
            self._app.db,
            dedupe_key=f"{kind}:{received.id}",
            lane="reply",
            channel=CHANNEL,
            address=str(account),
            member_id=member.id if member else None,
            text=text + link,
            spoken=text if member and kind == "reply" else "",
            now=self._app.clock(),
        )

    def sentence(self, key: str, member: Member | None) -> str:
        """A sentence of the channel's own, addressed to whom it is for."""
        return words("says").say(key, name=addressed(self._app, member) if member else "")

    def committed(self) -> None:
        """Wake who waits for commits."""
        for listener in self._app.listeners:
            listener()
