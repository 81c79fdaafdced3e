"""The web page: a member's talk button, the secretary's desk, and the server that brings both."""

from bot.web.security import issue_links, page_secret
from bot.web.serving import serve_web
from bot.web.site import site

__all__ = ["issue_links", "page_secret", "serve_web", "site"]
