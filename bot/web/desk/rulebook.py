"""The locality's rules, and the values that the branch sets itself: quiet hours, check-ins, and others."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.routing import BaseRoute, Route

from bot.web.desk import fields
from bot.web.desk.entrance import HOME
from bot.web.desk.pages import Pages
from bot.web.desk.rule_lines import line, named, page_of
from bot.web.desk.visit import Acted, Again, Unfit, Visit
from dialogs import words
from dialogs.officers import setting_rules
from dialogs.skill import Desk, Done
from storage import settings
from storage.profiles import profile_names

TEMPLATE = "desk/rule.html"


class RuleBook(Pages):
    """One rule, or a few that belong together, set anew."""

    def routes(self) -> list[BaseRoute]:
        """The addresses of this group."""
        return [
            Route(f"{HOME}/settings/rule", self.room.page(TEMPLATE, self._one)),
            Route(f"{HOME}/settings/rule", self.room.button(self._set), methods=["POST"]),
            Route(f"{HOME}/settings/rule/reset", self.room.button(self._reset), methods=["POST"]),
            Route(f"{HOME}/settings/locality", self.room.button(self._choose), methods=["POST"]),
        ]

    def _one(self, visit: Visit) -> dict[str, object]:
        key = visit.asked("key")
        locality = settings.locality_of(self.db, visit.branch_id)
        return {"line": line(visit.profile, locality, key) if key in locality.rules else None, "wrong": ""}

    def _set(self, visit: Visit, form: FormData, desk: Desk) -> Acted:
        wanted = {key: fields.text(form, key, longest=10) for key in visit.profile.rules if key in form}
        try:
            return _acted(setting_rules.set_rules(wanted, {key: named(key) for key in visit.profile.rules}, desk))
        except settings.FixedByDocument:
            raise Unfit("fixed") from None
        except setting_rules.OutOfBounds as wrong:
            why = setting_rules.fault(wrong)
            if len(wanted) > 1:
                raise Again("desk/settings.html", page_of(self.db, visit, desk.now, wanted, why)) from None
            locality = settings.locality_of(self.db, visit.branch_id)
            shown = line(visit.profile, locality, next(iter(wanted)), wanted)
            raise Again(TEMPLATE, {"line": shown, "wrong": why}) from None

    def _reset(self, visit: Visit, form: FormData, desk: Desk) -> Acted:
        key = fields.choice(form, "key", tuple(visit.profile.rules))
        try:
            return _acted(setting_rules.reset(key, named(key), desk))
        except setting_rules.OutOfBounds as wrong:
            shown = line(visit.profile, settings.locality_of(self.db, visit.branch_id), key)
            raise Again(TEMPLATE, {"line": shown, "wrong": setting_rules.fault(wrong)}) from None

    def _choose(self, _: Visit, form: FormData, desk: Desk) -> Acted:
        profile = fields.choice(form, "profile", tuple(profile_names()))
        return _acted(setting_rules.choose_locality(profile, desk))


def _acted(done: Done) -> Acted:
    said = words.load(setting_rules.OWN, "officer").say(done.key, **done.words)
    return Acted(said, f"{HOME}/settings")
