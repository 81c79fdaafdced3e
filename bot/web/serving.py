"""The HTTP server of the site, run by `nuanyang serve` beside the other channels."""

from __future__ import annotations

import uvicorn

from bot.app import App
from bot.web.site import site

GRACE = 10
"""Seconds that running answers get when the server stops."""


def serve_web(app: App) -> uvicorn.Server:
    """The server, not yet started: await its `serve()`; set `should_exit` to stop it.

    There is no access log, for the paths hold the secrets. With a certificate it speaks HTTPS by itself.
    """
    web = app.config.web
    return uvicorn.Server(
        uvicorn.Config(
            site(app),
            host=web.host,
            port=web.port,
            ssl_certfile=web.certificate,
            ssl_keyfile=web.key,
            access_log=False,
            log_config=None,
            server_header=False,
            ws="none",
            lifespan="on",
            timeout_graceful_shutdown=GRACE,
        )
    )
