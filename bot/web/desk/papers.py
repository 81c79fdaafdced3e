"""What goes on paper and comes from it: the work book and the reports, the invitation cards."""

from __future__ import annotations

import tempfile
import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path

from starlette.datastructures import FormData
from starlette.routing import BaseRoute, Route

from bot.fonts import chinese_font
from bot.web.desk.entrance import HOME
from bot.web.desk.invitation import Made, handed_out, invitations
from bot.web.desk.pages import Pages
from bot.web.desk.visit import Unfit, Visit
from bot.web.wording import wording
from dialogs.money import say_quarter
from storage.dues import quarter_of
from storage.export.book import KINDS
from storage.export.exporting import export
from storage.export.period import NoPeriod, Period, parse_period

FORMS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "application/zip",
}
"""What a book can be taken as, and its media type; CSV files come packed together."""


MONTHS, QUARTERS, YEARS = 13, 8, 5
"""How far back months, quarters and years are offered."""


class Papers(Pages):
    """The page with everything that can be printed or taken away."""

    def routes(self) -> list[BaseRoute]:
        """The addresses of this group."""
        return [
            Route(f"{HOME}/papers", self.room.page("desk/papers.html", self._page)),
            Route(f"{HOME}/papers/book", handed_out(self.room, self._book), methods=["POST"]),
            Route(f"{HOME}/papers/cards", handed_out(self.room, self._cards), methods=["POST"]),
        ]

    def _page(self, _: Visit) -> dict[str, object]:
        return {
            "periods": _periods(self.room.app.clock()),
            "forms": list(FORMS),
            "local": not self.room.app.config.web.public_url,
            "printable": chinese_font() is not None,
        }

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
        return await invitations(self.room, visit)


def _periods(today: datetime) -> list[tuple[str, str]]:
    """The stretches that a book is asked for, with how one says them: months, quarters and years, the latest first."""
    found = []
    quarter = parse_period(quarter_of(today))
    for first, count in (
        (Period("month", today.year, today.month), MONTHS),
        (quarter, QUARTERS),
        (Period("year", today.year, 1), YEARS),
    ):
        each = first
        for _ in range(count):
            found.append((str(each), _said(each)))
            each = each.before
    return found


def _said(period: Period) -> str:
    if period.kind == "quarter":
        return say_quarter(str(period))
    return wording("papers")[f"period_{period.kind}"].format(year=period.year, month=period.number)


def _packed(folder: Path) -> bytes:
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in sorted(folder.iterdir()):
            packed.write(file, file.name)
    return kept.getvalue()
