"""What goes on paper and comes from it: the work book and the reports, the invitation cards."""

from __future__ import annotations

import asyncio
import tempfile
import zipfile
from collections.abc import Awaitable, Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.cards import Card, write_cards
from bot.config import ConfigError
from bot.fonts import chinese_font
from bot.telegram.enrolment import bot_name, enrolment_link, new_code
from bot.web.desk.entrance import HOME
from bot.web.desk.pages import Pages
from bot.web.desk.visit import NotYours, Unfit, Visit
from bot.web.links import issue_links
from bot.web.wording import wording
from storage.dues import quarter_of
from storage.export.book import KINDS
from storage.export.exporting import export
from storage.export.period import NoPeriod, Period, parse_period
from storage.members import Member

FORMS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "application/zip",
}
"""What a book can be taken as, and its media type; CSV files come packed together."""
CARD_LASTS = timedelta(days=30)
"""A card lies in a drawer before somebody's grandchild comes to set the phone up."""

Made = tuple[bytes, str, str]
"""A file: its content, name and media type."""


class Papers(Pages):
    """The page with everything that can be printed or taken away."""

    def routes(self) -> list[BaseRoute]:
        """The addresses of this group."""
        return [
            Route(f"{HOME}/papers", self.room.page("desk/papers.html", self._page)),
            Route(f"{HOME}/papers/book", self._file(self._book), methods=["POST"]),
            Route(f"{HOME}/papers/cards", self._file(self._cards), methods=["POST"]),
        ]

    def _page(self, _: Visit) -> dict[str, object]:
        today = self.room.app.clock()
        quarter = parse_period(quarter_of(today))
        month = Period("month", today.year, today.month)
        periods = [month, month.before, quarter, quarter.before, Period("year", today.year, 1)]
        return {
            "periods": [str(each) for each in periods],
            "forms": list(FORMS),
            "local": not self.room.app.config.web.public_url,
            "printable": chinese_font() is not None,
        }

    def _file(self, make: Callable[[Visit, FormData], Awaitable[Made]]) -> Callable[[Request], Awaitable[Response]]:
        """A press that hands out a file."""

        async def press(request: Request) -> Response:
            form = await request.form(max_files=0, max_fields=10)
            visit = self.room.proven(request, str(form.get("csrf", "")))
            try:
                content, name, media_type = await make(visit, form)
            except NotYours:
                self.room.refuse(visit)
                raise HTTPException(404) from None
            except Unfit as unfit:
                words = {"unfit": wording("unfit")[str(unfit)], "back": f"{HOME}/papers"}
                return self.room.render(visit, "desk/unfit.html", words, 422)
            disposition = f"attachment; filename*=UTF-8''{quote(name)}"
            return Response(content, media_type=media_type, headers={"Content-Disposition": disposition})

        return press

    async def _book(self, visit: Visit, form: FormData) -> Made:
        visit.for_carers()  # a book names people in need
        kind, shape = str(form.get("kind", "")), str(form.get("form", ""))
        try:
            period = parse_period(str(form.get("period", "")))
        except NoPeriod:
            raise Unfit("period") from None
        if kind not in KINDS or shape not in FORMS:
            raise Unfit("choose")
        app = self.room.app
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / (kind if shape == "csv" else f"{kind}.{shape}")
            book = export(
                self.db, app.config.database, visit.branch_id, kind, period, file, app.clock(),
                actor_id=visit.officer.id,
            )  # fmt: skip
            content = _packed(file) if shape == "csv" else file.read_bytes()
        ending = "zip" if shape == "csv" else shape
        return content, f"{book.title} {book.period}.{ending}", FORMS[shape]

    async def _cards(self, visit: Visit, _: FormData) -> Made:
        font, app = chinese_font(), self.room.app
        if font is None:
            raise Unfit("font")
        bot = await _bot(self)
        made = [
            Card(
                person.name,
                link,
                enrolment_link(bot, new_code(self.db, person, app.clock(), CARD_LASTS)) if bot else "",
            )
            for person, link in issue_links(app)
            if person.branch_id == visit.branch_id
        ]
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "cards.pdf"
            await asyncio.to_thread(write_cards, made, visit.branch, app.clock().date(), font, file, lambda: None)
            content = file.read_bytes()
        self.room.note(visit, "cards", count=len(made))
        return content, f"{wording('papers')['cards_file']}.pdf", "application/pdf"

    def _chat(self, person: Member, bot: str) -> str:
        return enrolment_link(bot, new_code(self.db, person, self.room.app.clock(), CARD_LASTS)) if bot else ""


async def _bot(papers: Papers) -> str:
    """The bot's name; empty where there is none, or it cannot be asked now: the code for the page is enough."""
    app = papers.room.app
    if not app.config.telegram.token.get_secret_value():
        return ""
    try:
        return await bot_name(app)
    except ConfigError:
        return ""


def _packed(folder: Path) -> bytes:
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in sorted(folder.iterdir()):
            packed.write(file, file.name)
    return kept.getvalue()
