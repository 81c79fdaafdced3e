"""What was told to everybody: written here, read over, sent; and who has it by now."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.routing import BaseRoute, Route

from bot.web.desk import fields
from bot.web.desk.entrance import HOME
from bot.web.desk.pages import Pages
from bot.web.desk.visit import Acted, Unfit, Visit
from dialogs import words
from dialogs.officers import broadcasting
from dialogs.officers.audience import GROUPS, of_name
from dialogs.skill import Desk
from storage import broadcasts

LONGEST = 300
"""Characters of one message: a minute of speech."""


class Broadcasts(Pages):
    """The page of what was told to many."""

    def routes(self) -> list[BaseRoute]:
        """The addresses of this group."""
        return [
            Route(f"{HOME}/broadcasts", self.room.page("desk/broadcasts.html", self._page)),
            Route(f"{HOME}/broadcasts", self.room.button(self._send), methods=["POST"]),
        ]

    def _page(self, visit: Visit) -> dict[str, object]:
        sent = broadcasts.latest(self.db, visit.branch_id)
        return {
            "sent": [(each, broadcasts.deliveries(self.db, visit.branch_id, each.id)) for each in sent],
            "groups": GROUPS,
        }

    def _send(self, _: Visit, form: FormData, desk: Desk) -> Acted:
        text = fields.text(form, "text", needed="message", longest=LONGEST)
        group = of_name(fields.choice(form, "group", GROUPS), desk)
        if not group.people:
            raise Unfit("nobody")
        done = broadcasting.tell(text, group, desk)
        return Acted(words.load(broadcasting.OWN, "officer").say(done.key, **done.words), f"{HOME}/broadcasts")
