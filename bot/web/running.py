"""The HTTP server of the site, run by `nuanyang serve` beside the other channels."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from bot.app import App
from bot.config import ConfigError, WebConfig
from bot.web.site import site

GRACE = 10
"""Seconds that running answers get when the server stops."""


class _Server(uvicorn.Server):
    """A server that leaves the signals to whoever runs it: other channels have to stop, too."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


def web_server(app: App, closing: asyncio.Event | None = None) -> uvicorn.Server:
    """The server, not yet started. With a certificate it speaks HTTPS by itself. Raises ConfigError.

    Whoever stops it sets `closing`: pages that listen for news would hold it open for as long as they are looked at.

    There is no access log, for the paths hold the secrets.
    """
    web = app.config.web
    config = uvicorn.Config(
        site(app, closing),
        ssl_certfile=web.certificate,
        ssl_keyfile=web.key,
        access_log=False,
        log_config=None,
        server_header=False,
        ws="none",
        lifespan="on",
        timeout_graceful_shutdown=GRACE,
    )
    try:
        config.load()
    except (OSError, ssl.SSLError) as error:
        named = ", ".join(str(each) for each in (web.certificate, web.key) if each)
        raise ConfigError("no_certificate", file=named, reason=str(error)) from error
    return _Server(config)


class OpenSite:
    """The site with its port and certificate, so that what is wrong with them is told before anybody gets a link."""

    def __init__(self, app: App) -> None:
        """Raises ConfigError."""
        self._closing = asyncio.Event()
        self._server = web_server(app, self._closing)
        self._socket = _listen(app.config.web)

    async def serve(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set, then finish what is being answered."""
        serving = asyncio.create_task(self._server.serve(sockets=[self._socket]))
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait([serving, stopping], return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        self._closing.set()
        self._server.should_exit = True
        await serving


def _listen(web: WebConfig) -> socket.socket:
    """The listening socket, opened here so that a taken port ends in a sentence and not in an exit."""
    try:
        family, _, _, _, address = socket.getaddrinfo(web.host, web.port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address[:2], family=family)
    except OSError as error:
        raise ConfigError("address_taken", address=f"{web.host}:{web.port}", reason=str(error.strerror)) from error
