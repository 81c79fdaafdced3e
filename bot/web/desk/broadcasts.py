"""What was told to everybody: written here, read over, sent; and who has it by now."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.routing import BaseRoute, Route

from bot.web.desk import fields
from bot.web.desk.entrance import HOME
from bot.web.desk.pages import Pages
from bot.web.desk.paging import sheet
from bot.web.desk.visit import Acted, Again, NotYours, Unfit, Visit
from dialogs import words
from dialogs.officers import broadcasting
from dialogs.officers.audience import GROUPS, of_name
from dialogs.skill import Desk
from storage import broadcasts

A_PAGE, PEOPLE = 20, 60
"""Messages on one sheet, and people of one message."""
MOST = 1000
"""Messages that are kept in view."""
THROUGH = ("heard", "sent")
"""States of a delivery that got through."""
FULL_STOP = "。"
"""Ends the sentence in which a message is told, so it need not end the message."""
LONGEST = 300
"""Characters of one message: a minute of speech."""


class Broadcasts(Pages):
    """The page of what was told to many."""

    def routes(self) -> list[BaseRoute]:
        """The addresses of this group."""
        return [
            Route(f"{HOME}/broadcasts", self.room.page("desk/broadcasts.html", self._page)),
            Route(f"{HOME}/broadcasts", self.room.button(self._send), methods=["POST"]),
            Route(f"{HOME}/broadcasts/{{broadcast:int}}", self.room.page("desk/broadcast.html", self._who)),
        ]

    def _page(self, visit: Visit) -> dict[str, object]:
        shown = sheet(broadcasts.latest(self.db, visit.branch_id, MOST), visit, A_PAGE)
        sent = [(each, broadcasts.deliveries(self.db, visit.branch_id, each.id)) for each in shown.items]
        return {
            "sheet": shown.showing(sent),
            "groups": GROUPS,
            "text": visit.asked("text")[:LONGEST],
            "group": visit.asked("group"),
        }

    def _who(self, visit: Visit) -> dict[str, object]:
        """Everybody for whom one message was, those first whom it has not reached."""
        key = visit.key("broadcast")
        found = next((each for each in broadcasts.latest(self.db, visit.branch_id, MOST) if each.id == key), None)
        if found is None:
            raise NotYours
        people = broadcasts.deliveries(self.db, visit.branch_id, key)
        people.sort(key=lambda each: each.state in THROUGH)
        return {"message": found, "sheet": sheet(people, visit, PEOPLE)}

    def _send(self, _: Visit, form: FormData, desk: Desk) -> Acted:
        text = fields.text(form, "text", needed="message", longest=LONGEST).rstrip(FULL_STOP)
        group = of_name(fields.choice(form, "group", GROUPS), desk)
        if not group.people:
            raise Unfit("nobody")
        if not form.get("read_over"):  # what many people hear is read over before it goes out
            values = {"text": text, "group": group.name, "count": len(group.people)}
            raise Again("desk/broadcast_check.html", values, 200)
        done = broadcasting.tell(text, group, desk)
        return Acted(words.load(broadcasting.OWN, "officer").say(done.key, **done.words), f"{HOME}/broadcasts")
