"""What every page and every button of the desk passes through: who sits there, what is theirs, and one commit.

A page is a function from a visit to what its template needs. A button is a function from a visit, a form and a `Desk`
to what was done; it runs inside one transaction with its log entries and messages, under a number that makes a second
press harmless. What is asked for and does not belong to the visitor's own branch is refused, and the log says so.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, Mapping

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.templating import Jinja2Templates

from bot.addressed import addressed
from bot.app import App
from bot.web.desk.entrance import HOME, Entrance, csrf_token, signed_in
from bot.web.desk.pressed import CHANNEL, Button, commit, told, typed
from bot.web.desk.visit import Acted, Again, NotYours, Unfit, Visit
from bot.web.desk.waiting import count_open
from bot.web.guard import same_origin
from bot.web.wording import wording
from storage import log, members
from storage.database import writing
from storage.settings import profile_of

TOLD = "told"
"""Query field with the key of what was done just now."""


View = Callable[[Visit], Mapping[str, object]]
Handler = Callable[[Request], Awaitable[Response]]


class Room:
    """The desk's walls."""

    def __init__(self, app: App, templates: Jinja2Templates, entrance: Entrance) -> None:
        self.app = app
        self.templates = templates
        self._entrance = entrance

    def visit(self, request: Request) -> Visit:
        """Who sits at this browser. Raises a 401 for everybody else."""
        here = signed_in(self.app, request)
        if here is None:
            raise HTTPException(401)
        officer, secret = here
        offices = [
            each for each in members.officers(self.app.db, officer.branch_id, self.app.clock()) if each.id == officer.id
        ]
        name = self.app.db.execute("SELECT name FROM branch WHERE id = ?", [officer.branch_id]).fetchone()[0]
        return Visit(
            request=request,
            officer=officer,
            office=offices[0],  # `signed_in` has just seen that there is one
            roles=tuple(office.role for office in offices),
            branch=str(name),
            profile=profile_of(self.app.db, officer.branch_id),
            csrf=csrf_token(secret),
            told=told(self.app, request.query_params.get(TOLD, ""), officer),
        )

    def proven(self, request: Request, token: str) -> Visit:
        """The visit behind a POST that comes from our own form. Raises a 401 or a 403."""
        visit = self.visit(request)
        if not same_origin(request) or not hmac.compare_digest(token, visit.csrf):
            raise HTTPException(403)
        return visit

    def page(self, template: str, view: View) -> Handler:
        """A page made of a template and what the view hands it."""

        async def show(request: Request) -> Response:
            visit = self.visit(request)
            try:
                return self.render(visit, template, view(visit))
            except NotYours:
                self.refuse(visit)
                raise HTTPException(404) from None

        return show

    def button(self, act: Button) -> Handler:
        """What a press does, then the page that comes after it."""

        async def press(request: Request) -> Response:
            self.visit(request)  # nothing is read from a stranger
            form = await request.form(max_files=0, max_fields=2000)
            visit = self.proven(request, str(form.get("csrf", "")))
            try:
                return self.after(*self.commit(visit, form, act))
            except NotYours:
                self.refuse(visit)
                raise HTTPException(404) from None
            except Unfit as unfit:
                return self.unfit(visit, form, wording("unfit")[str(unfit)])
            except Again as again:
                return self.render(visit, again.template, again.values, again.status)

        return press

    def after(self, received: int, acted: Acted) -> Response:
        """The page that comes after a press, which says what was done."""
        self.committed()
        address, hash_, place = acted.where.partition("#")
        mark = "&" if "?" in address else "?"
        return RedirectResponse(f"{address}{mark}{TOLD}={received}{hash_}{place}", 303)

    def unfit(self, visit: Visit, form: FormData, sentence: str) -> Response:
        """What cannot be used, said in one sentence, with the way back."""
        here = str(form.get("here", ""))
        back = here if here.startswith(HOME) else HOME
        values = {"unfit": sentence, "back": back, "typed": typed(form)}
        return self.render(visit, "desk/unfit.html", values, 422)

    def render(self, visit: Visit, template: str, values: Mapping[str, object], status: int = 200) -> Response:
        """A page of the desk with what all of them show."""
        common = {
            "visit": visit,
            "officer": visit.officer,
            "addressed": addressed(self.app, visit.officer),
            "w": wording("desk"),
            "now": self.app.clock(),
            "home": HOME,
            "open": count_open(self.app.db, visit.officer, cares=visit.cares),
        }
        return self.templates.TemplateResponse(visit.request, template, {**common, **values}, status)

    def refuse(self, visit: Visit) -> None:
        """Write that something was asked for which is not the branch's own."""
        self.note(visit, "refused", path=visit.request.url.path)

    def note(self, visit: Visit, kind: str, about: log.About | None = None, **values: str | int) -> None:
        """Write an entry of what was read or refused, in the words of [log]."""
        with writing(self.app.db):
            log.append(
                self.app.db,
                branch_id=visit.branch_id,
                at=self.app.clock(),
                kind=f"desk_{kind}",
                sentence=wording("log_entries")[kind].format(name=visit.officer.name, **values),
                actor_id=visit.officer.id,
                channel=CHANNEL,
                about=about,
                fields=values,
            )

    def committed(self) -> None:
        """Wake whoever waits for new rows: an alert or an answer does not wait for the next tick."""
        for listener in self.app.listeners:
            listener()

    def commit(self, visit: Visit, form: FormData, act: Button) -> tuple[int, Acted]:
        """One commit: what was done, its log entries, its messages, and the answer."""
        return commit(self.app, visit, form, act)
