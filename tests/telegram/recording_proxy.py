"""A recording proxy between the bot and a Bot API server that is not ours.

The third-party emulator stays unmodified; its one gap that stops every bot (getMe has no username) is filled here.
"""

from __future__ import annotations

import json
from email import policy
from email.parser import BytesParser
from urllib.parse import parse_qsl

from aiohttp import ClientSession, ClientTimeout, web

from tests.telegram.journal import Call, Journal

USERNAME = "fixture_bot"


class RecordingProxy(Journal):
    """Passes every call on and writes it down."""

    def __init__(self, upstream: str) -> None:
        super().__init__()
        self._upstream = upstream
        self.port = 0

    async def __aenter__(self) -> RecordingProxy:
        self._client = ClientSession(timeout=ClientTimeout(total=60))
        app = web.Application(client_max_size=60 << 20)
        app.router.add_route("*", "/{tail:.*}", self._pass_on)
        # With cancellation, the long poll of a killed bot also ends at the emulator.
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.close()
        await self._runner.cleanup()

    async def _pass_on(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        content_type = request.headers.get("Content-Type", "")
        async with self._client.request(
            request.method,
            f"{self._upstream}{request.raw_path}",
            data=body or None,
            headers={"Content-Type": content_type} if content_type else {},
            skip_auto_headers=("Content-Type",),
        ) as answer:
            raw, status, kind = await answer.read(), answer.status, answer.content_type
        method = "FILE" if request.path.startswith("/file/") else request.path.rsplit("/", 1)[-1]
        result: object = None
        if kind == "application/json":
            content = json.loads(raw)
            result = content.get("result") or content.get("description")
            if method == "getMe" and isinstance(result, dict):
                result["username"] = USERNAME
                raw = json.dumps(content).encode()
        if method != "getUpdates":
            params, files = _parts(content_type, body)
            self.calls.append(Call(method, params, files, status, result))
        return web.Response(status=status, body=raw, content_type=kind)


def _parts(content_type: str, body: bytes) -> tuple[dict[str, str], dict[str, bytes]]:
    if not content_type.startswith("multipart/"):
        return dict(parse_qsl(body.decode(), keep_blank_values=True)), {}
    params: dict[str, str] = {}
    files: dict[str, bytes] = {}
    message = BytesParser(policy=policy.HTTP).parsebytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body)
    for part in message.iter_parts():
        name = str(part.get_param("name", header="content-disposition"))
        data = part.get_payload(decode=True)
        assert isinstance(data, bytes)
        if part.get_filename() is None:
            params[name] = data.decode()
        else:
            files[name] = data
    return params, files
