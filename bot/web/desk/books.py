"""The branch log: page by page, searched by words, and whether its chain is whole."""

from __future__ import annotations

from starlette.routing import BaseRoute, Route

from bot.web.desk.entrance import HOME
from bot.web.desk.pages import Pages
from bot.web.desk.paging import sheet
from bot.web.desk.visit import Visit
from storage import log, log_reading

A_PAGE = 40
"""Entries on one page."""
MOST_FOUND = 100
"""Entries that a search shows."""


class LogPages(Pages):
    """The log."""

    def routes(self) -> list[BaseRoute]:
        """The addresses of this group."""
        return [
            Route(f"{HOME}/log", self.room.page("desk/log.html", self._entries)),
            Route(f"{HOME}/log/check", self.room.page("desk/check.html", self._check)),
        ]

    def _entries(self, visit: Visit) -> dict[str, object]:
        words, before = visit.asked("words")[:50], visit.asked("before")
        if words:
            found = log_reading.with_words(self.db, visit.branch_id, words, MOST_FOUND, health=visit.cares)
            self.room.note(visit, "searched_log", words=words)
            shown = sheet(found, visit, A_PAGE)
            return {"entries": shown.items, "sheet": shown, "more": None, "words": words, "reads": True}
        last = int(before) if before.isdecimal() else None
        reads = visit.asked("reads") == "1"
        found = log_reading.newest(self.db, visit.branch_id, A_PAGE + 1, last, health=visit.cares, reads=reads)
        self.room.note(visit, "read_log")
        more = found[A_PAGE - 1].number if len(found) > A_PAGE else None
        return {"entries": found[:A_PAGE], "more": more, "words": "", "reads": reads}

    def _check(self, visit: Visit) -> dict[str, object]:
        count, head = log.head(self.db, visit.branch_id)
        return {"fault": log.verify(self.db, visit.branch_id), "count": count, "head": head[:12]}
