"""Signing in: a link that works once, a button, and a cookie that lasts for some hours.

A link is opened by whoever looks at it first, and that may be a chat program that wants to show a preview. So opening
it only shows a button; the press spends the link.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import timedelta

from sqlite_utils import Database
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.templating import Jinja2Templates

from bot.addressed import addressed
from bot.app import App
from bot.web.guard import same_origin
from bot.web.wording import wording
from storage import links, log, members, sign_ins
from storage.database import writing
from storage.members import Member

COOKIE = "nuanyang_desk"
PURPOSE = "sign_in"
HOME = "/desk"


def new_link(app: App, officer: Member, lasts: timedelta | None = None) -> str:
    """The address at which this officer can sign in, once; it holds for `web.link_hours` if nothing else is said."""
    now, secret = app.clock(), secrets.token_urlsafe(16)
    until = now + (lasts or timedelta(hours=app.config.web.link_hours))
    with writing(app.db):
        links.add_link(app.db, secret, officer.id, PURPOSE, now, until)
    return f"{app.config.address}/s/{secret}"


def signed_in(app: App, request: Request) -> tuple[Member, str] | None:
    """Who sits at this browser, and its secret; None for strangers, for expired ones, and for an office that ended."""
    secret = request.cookies.get(COOKIE, "")
    owner = sign_ins.owner(app.db, secret, app.clock()) if secret else None
    person = members.member(app.db, owner) if owner is not None else None
    return (person, secret) if person and members.is_officer(app.db, person, app.clock()) else None


def csrf_token(secret: str) -> str:
    """What each form of this browser must bring along: no other site can know it."""
    return hmac.new(secret.encode(), b"csrf", hashlib.sha256).hexdigest()


class Entrance:
    """The door at /s/… and the way out."""

    def __init__(self, app: App, templates: Jinja2Templates) -> None:
        self._app = app
        self._templates = templates

    def routes(self) -> list[BaseRoute]:
        """The addresses of the door."""
        return [
            Route("/s/{secret}", self.show),
            Route("/s/{secret}", self.enter, methods=["POST"]),
            Route(f"{HOME}/leave", self.leave, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        """A button to press; who is signed in already goes straight to the desk."""
        if signed_in(self._app, request):
            return RedirectResponse(HOME, 303)
        person = _invited(self._app, request)
        return self.closed(request) if person is None else self._door(request, person)

    async def enter(self, request: Request) -> Response:
        """Spend the link and sign this browser in."""
        if not same_origin(request):
            return self.closed(request)
        now, secret = self._app.clock(), secrets.token_urlsafe(32)
        lasts = timedelta(hours=self._app.config.web.session_hours)
        with writing(self._app.db):
            person = _invited(self._app, request)
            if person is None:
                return self.closed(request)
            links.use_link(self._app.db, request.path_params["secret"], now)
            sign_ins.begin(self._app.db, secret, person.id, now, now + lasts)
            _note(self._app.db, person, "signed_in", self._app)
        response = RedirectResponse(HOME, 303)
        response.set_cookie(
            COOKIE,
            secret,
            max_age=int(lasts.total_seconds()),
            httponly=True,
            samesite="strict",
            secure=self._app.config.address.startswith("https:"),
        )
        return response

    async def leave(self, request: Request) -> Response:
        """Sign out."""
        here = signed_in(self._app, request)
        form = await request.form()
        if here and same_origin(request) and hmac.compare_digest(str(form.get("csrf", "")), csrf_token(here[1])):
            with writing(self._app.db):
                sign_ins.end(self._app.db, here[1], self._app.clock())
                _note(self._app.db, here[0], "signed_out", self._app)
            response = self.closed(request, "signed_out", 200)
            response.delete_cookie(COOKIE)
            return response
        return self.closed(request)

    def closed(self, request: Request, sentence: str = "sign_in", status: int = 404) -> Response:
        """The same page for every link that opens nothing (404) and for every desk without a sign-in (401)."""
        words = wording("door")
        return self._templates.TemplateResponse(
            request, "door.html", {"title": words["desk_title"], "sentence": words[sentence]}, status
        )

    def _door(self, request: Request, person: Member) -> Response:
        words = wording("door")
        return self._templates.TemplateResponse(
            request,
            "door.html",
            {
                "title": words["desk_title"],
                "sentence": words["welcome"].format(name=addressed(self._app, person)),
                "button": words["enter"],
            },
        )


def _invited(app: App, request: Request) -> Member | None:
    """The officer on duty whom this link lets in."""
    now = app.clock()
    owner = links.link_owner(app.db, request.path_params["secret"], PURPOSE, now)
    person = members.member(app.db, owner) if owner is not None else None
    return person if person and members.is_officer(app.db, person, now) else None


def _note(db: Database, person: Member, kind: str, app: App) -> None:
    log.append(
        db,
        branch_id=person.branch_id,
        at=app.clock(),
        kind=kind,
        sentence=wording("log_entries")[kind].format(name=person.name),
        actor_id=person.id,
        member_id=person.id,
        channel="desk",
    )
