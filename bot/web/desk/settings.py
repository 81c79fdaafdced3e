"""Settings: who is on duty when, quiet hours, and the locality's rules, each with where it stands."""

from __future__ import annotations

import re

from starlette.datastructures import FormData
from starlette.routing import BaseRoute, Route

from bot.web.desk import fields
from bot.web.desk.entrance import HOME
from bot.web.desk.pages import Pages
from bot.web.desk.visit import Acted, NotYours, Unfit, Visit
from bot.web.wording import wording
from dialogs import rules, words
from dialogs.officers import rostering
from dialogs.skill import Desk, Done
from storage import duty, duty_reading, members
from storage.profiles import Rule

_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d|")
RUNGS = (1, 9)
"""Places on the ladder, first and last."""


class Settings(Pages):
    """What the branch has set."""

    def routes(self) -> list[BaseRoute]:
        """The addresses of this group."""
        return [
            Route(f"{HOME}/settings", self.room.page("desk/settings.html", self._show)),
            Route(f"{HOME}/settings/duty", self.room.button(self._add), methods=["POST"]),
            Route(f"{HOME}/settings/duty/{{duty:int}}/remove", self.room.button(self._remove), methods=["POST"]),
        ]

    def _show(self, visit: Visit) -> dict[str, object]:
        now = self.room.app.clock()
        return {
            "ladder": duty.ladder(self.db, visit.branch_id, now),
            "duty": duty_reading.lines(self.db, visit.branch_id),
            "officers": members.officers(self.db, visit.branch_id, now),
            "rules": [(_named(key), _said(rule), rules.source(rule)) for key, rule in visit.profile.rules.items()],
            "quiet": [str(visit.profile.rules[key].value) for key in ("quiet.from", "quiet.to")],
            "today": now.date().isoformat(),
        }

    def _add(self, visit: Visit, form: FormData, desk: Desk) -> Acted:
        on_duty = {officer.id: officer for officer in members.officers(self.db, visit.branch_id, desk.now)}
        key = fields.number(form, "officer", 1, 10**9)
        if key not in on_duty:
            raise NotYours
        clocks = [fields.text(form, name, longest=5) for name in ("from_clock", "to_clock")]
        if not all(_CLOCK.fullmatch(each) for each in clocks) or bool(clocks[0]) != bool(clocks[1]):
            raise Unfit("hours")
        first, last = fields.day(form, "first"), fields.day(form, "last")
        if first is None or (last and last < first):
            raise Unfit("days")
        weekdays = "".join(sorted({str(value) for value in form.getlist("weekday") if str(value) in "1234567"}))
        shift = rostering.Shift(first, last, weekdays, clocks[0], clocks[1])
        rung = fields.number(form, "rung", *RUNGS) or RUNGS[0]
        return _acted(rostering.add(on_duty[key], rung, shift, desk))

    def _remove(self, visit: Visit, _: FormData, desk: Desk) -> Acted:
        line = duty_reading.line(self.db, visit.branch_id, visit.key("duty"))
        if line is None:
            raise NotYours
        return _acted(rostering.remove(line, desk))


def _named(key: str) -> str:
    """What a rule is called; its own key where nobody has named it yet (a test holds that there is none)."""
    return wording("rule_names").get(key, key)


def _said(rule: Rule) -> str:
    """A rule's value in words."""
    words = wording("rule_values")
    values = rule.value if isinstance(rule.value, tuple) else (rule.value,)
    return "、".join(words.get(str(value), str(value)) for value in values)


def _acted(done: Done) -> Acted:
    return Acted(words.load(rostering.OWN, "officer").say(done.key, **done.words), f"{HOME}/settings")
