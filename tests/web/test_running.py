"""The server itself: it stops when told, speaks HTTPS with a certificate, and explains what it cannot do."""

from __future__ import annotations

import asyncio
import dataclasses
import shutil
import socket
import ssl
import subprocess
from pathlib import Path

import httpx
import pytest

from bot.app import App
from bot.config import ConfigError, WebConfig
from bot.web.running import OpenSite, web_server


def with_web(app: App, **web: object) -> App:
    return dataclasses.replace(app, config=app.config.model_copy(update={"web": WebConfig(**web)}))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def visit(app: App, address: str, verify: ssl.SSLContext | bool = True) -> httpx.Response:
    """One visit to a server that is started for it and stopped after it."""
    stop = asyncio.Event()
    serving = asyncio.create_task(OpenSite(app).serve(stop))
    try:
        async with httpx.AsyncClient(verify=verify) as http:
            for _ in range(100):
                try:
                    return await http.get(address)
                except httpx.ConnectError:
                    await asyncio.sleep(0.05)
            raise AssertionError("the server did not come up")
    finally:
        stop.set()
        await asyncio.wait_for(serving, 10)


async def test_it_serves_until_it_is_told_to_stop(app: App) -> None:
    port = free_port()
    answer = await visit(with_web(app, port=port), f"http://127.0.0.1:{port}/healthz")
    assert answer.text == "ok"
    assert "server" not in answer.headers
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), 1)


async def test_with_a_certificate_it_speaks_https(app: App, tmp_path: Path) -> None:
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed, so no certificate can be made (apt install openssl)")
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=IP:127.0.0.1", "-out", certificate, "-keyout", key],
        check=True, capture_output=True,
    )  # fmt: skip
    port = free_port()
    secure = with_web(app, port=port, certificate=certificate, key=key)
    trusted = ssl.create_default_context(cafile=str(certificate))
    assert (await visit(secure, f"https://127.0.0.1:{port}/healthz", trusted)).text == "ok"


async def test_a_taken_port_is_named_with_its_remedy(app: App) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConfigError, match=rf"address_taken: address=127\.0\.0\.1:{port}"):
            OpenSite(with_web(app, port=port))


async def test_a_certificate_that_is_none_is_named_with_its_remedy(app: App, tmp_path: Path) -> None:
    wrong = tmp_path / "cert.pem"
    wrong.write_text("no certificate")
    for certificate in (wrong, tmp_path / "missing.pem"):
        with pytest.raises(ConfigError, match=rf"no_certificate: file={certificate}"):
            web_server(with_web(app, certificate=certificate, key=wrong))
