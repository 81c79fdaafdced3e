"""A strict Bot API server in memory, on this machine alone, with the faults of real lines on demand.

It confirms updates by offset as Telegram does, refuses what Telegram refuses (texts over 4096, captions over 1024, what
is no picture or too large or too long a one, unknown targets of edits and callback answers, callback data over 64
bytes, broken HTML, unknown files), and can answer 429 or 5xx, wait, or cut the connection before or after it has done
what was asked.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from tests.telegram.faults import Fault
from tests.telegram.journal import Call, Journal
from tests.telegram.refusals import ApiError, check_buttons, check_photo, check_text

TOKEN = "987654321:AAH-canary_canary_canary_canary_9Xq"
USERNAME = "nuanyang_test_bot"
Params = dict[str, Any]
Files = dict[str, bytes]
JSON_PARAMS = ("reply_markup", "reply_parameters", "commands", "allowed_updates")
ACTIONS = {"typing", "record_voice", "upload_voice", "upload_document", "upload_photo"}


class FakeBotApi(Journal):
    """The server; `async with` starts and stops it."""

    def __init__(self, token: str = TOKEN) -> None:
        super().__init__()
        self.token = token
        self.port = 0
        self.pending: list[Params] = []
        self.numbers: set[int] = set()
        self.confirmed: list[int] = []
        self.faults: list[Fault] = []
        self._next_update, self._next_message, self._next_file = 100, 1, 1
        self._messages: dict[tuple[int, int], Params] = {}
        self._callbacks: set[str] = set()
        self._files: dict[str, Params] = {}
        self._news = asyncio.Condition()
        self.polls = 0
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> FakeBotApi:
        app = web.Application(client_max_size=60 << 20)
        app.router.add_post("/bot{token}/{method}", self._serve)
        app.router.add_get("/file/bot{token}/{path:.*}", self._download)
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._runner:
            await self._runner.cleanup()

    @property
    def base_url(self) -> str:
        """For `telegram.base_url`."""
        return f"http://127.0.0.1:{self.port}/bot"

    @property
    def base_file_url(self) -> str:
        """For `telegram.base_file_url`."""
        return f"http://127.0.0.1:{self.port}/file/bot"

    # What people do

    async def send(self, **update: Params) -> int:
        """Something that happens in a chat reaches the bot; returns its number."""
        number = self._next_update
        self._next_update += 1
        await self.redeliver({"update_id": number, **update})
        return number

    async def redeliver(self, update: Params) -> None:
        """Queue an update as it is, with the number it has."""
        self.numbers.add(update["update_id"])
        async with self._news:
            self.pending.append(update)
            self._news.notify_all()

    def message(self, chat: Params, sender: Params, **content: object) -> Params:
        """A message as a chat shows it."""
        number = self._next_message
        self._next_message += 1
        made = {"message_id": number, "date": int(time.time()), "chat": chat, "from": sender, **content}
        self._messages[chat["id"], number] = made
        return made

    def keep_file(self, data: bytes, size: int | None = None) -> Params:
        """A file that a person has uploaded; `size` may lie."""
        number = self._next_file
        self._next_file += 1
        file = {"file_id": f"file-{number}", "file_unique_id": f"u{number}", "file_size": size or len(data)}
        self._files[file["file_id"]] = {**file, "file_path": f"voice/file_{number}.oga", "data": data}
        return file

    async def press(self, sender: Params, message: Params, data: str) -> int:
        """A button under a message is pressed."""
        query = f"q{self._next_update}"
        self._callbacks.add(query)
        content = {"id": query, "from": sender, "chat_instance": "1", "data": data, "message": message}
        return await self.send(callback_query=content)

    def forget_callbacks(self) -> None:
        """As Telegram does after 150 seconds."""
        self._callbacks.clear()

    # The wire

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        params, files = await _read(request)
        fault = self._strike(method, params)
        status, body = 0, b""
        result: object = None
        try:
            result = await self._answer(request, method, params, files, fault)
            status, body = 200, json.dumps({"ok": True, "result": result}).encode()
        except ApiError as error:
            status = error.code
            answer: Params = {"ok": False, "error_code": error.code, "description": error.description}
            if error.parameters:
                answer["parameters"] = error.parameters
            body = fault.body if fault and fault.body is not None else json.dumps(answer).encode()
        except ConnectionAbortedError:
            pass
        if fault and fault.drop:
            status = 0
        if method != "getUpdates":
            plain = {key: str(value) for key, value in params.items()}
            self.calls.append(Call(method, plain, files, status, result))
        if not status and request.transport:
            request.transport.abort()
        return web.Response(status=status or 500, body=body, content_type="application/json")

    async def _answer(
        self, request: web.Request, method: str, params: Params, files: Files, fault: Fault | None
    ) -> object:
        if request.match_info["token"] != self.token:
            raise ApiError(401, "Unauthorized")
        if fault:
            await asyncio.sleep(fault.delay)
            if fault.drop == "before":
                raise ConnectionAbortedError
            if fault.status:
                raise ApiError(fault.status, fault.description, **fault.parameters)
        handler: Callable[[Params, Files], Awaitable[object]] | None = getattr(self, f"do_{method}", None)
        if handler is None:
            raise ApiError(404, "Not Found: method not found")
        return await handler(params, files)

    def _strike(self, method: str, params: Params) -> Fault | None:
        for fault in self.faults:
            for_chat = not fault.chat or int(params.get("chat_id", 0)) == fault.chat
            if fault.times > 0 and for_chat and re.fullmatch(fault.method, method):
                fault.times -= 1
                return fault
        return None

    async def _download(self, request: web.Request) -> web.StreamResponse:
        fault = self._strike("FILE", {})
        if fault:
            await asyncio.sleep(fault.delay)
        found = [file for file in self._files.values() if file["file_path"] == request.match_info["path"]]
        status = fault.status if fault and fault.status else 200 if found else 404
        self.calls.append(Call("FILE", {}, {}, status, None))
        if status == 200:
            return web.Response(body=found[0]["data"], content_type="application/octet-stream")
        return web.json_response({"ok": False, "error_code": status, "description": "Not Found"}, status=status)

    # Methods of the Bot API

    async def do_getMe(self, params: Params, files: Files) -> object:  # noqa: N802
        return {"id": int(self.token.split(":")[0]), "is_bot": True, "first_name": "暖阳", "username": USERNAME}

    async def do_deleteWebhook(self, params: Params, files: Files) -> object:  # noqa: N802
        return True

    async def do_getUpdates(self, params: Params, files: Files) -> object:  # noqa: N802
        offset, limit = int(params.get("offset", 0)), min(100, int(params.get("limit", 100)))
        end = time.monotonic() + min(50.0, float(params.get("timeout", 0)))
        allowed = params.get("allowed_updates") or ["message", "edited_message", "callback_query"]
        async with self._news:
            self.polls += 1
            mine = self.polls
            self._news.notify_all()  # an older poll ends in a conflict
            if offset > 0:
                self.confirmed += [each["update_id"] for each in self.pending if each["update_id"] < offset]
                self.pending = [each for each in self.pending if each["update_id"] >= offset]
            while True:
                if mine != self.polls:
                    raise ApiError(409, "Conflict: terminated by other getUpdates request")
                found = [each for each in self.pending if set(each) & set(allowed)]
                left = end - time.monotonic()
                if found or left <= 0:
                    return found[:limit]
                try:
                    await asyncio.wait_for(self._news.wait(), left)
                except TimeoutError:
                    return []

    async def do_sendMessage(self, params: Params, files: Files) -> object:  # noqa: N802
        text = str(params.get("text", ""))
        check_text(text, params.get("parse_mode"))
        return self._say(params, text=text)

    async def do_sendVoice(self, params: Params, files: Files) -> object:  # noqa: N802
        data = files.get("voice", b"")
        if not data:
            raise ApiError(400, "Bad Request: file must be non-empty")
        voice = {**self.keep_file(data), "duration": 1, "mime_type": "audio/ogg"}
        return self._say(params, voice=voice)

    async def do_sendPhoto(self, params: Params, files: Files) -> object:  # noqa: N802
        width, height = check_photo(files.get("photo"), str(params.get("caption", "")), params.get("parse_mode"))
        sizes = [{**self.keep_file(files["photo"]), "width": width, "height": height}]
        caption = {"caption": params["caption"]} if params.get("caption") else {}
        return self._say(params, photo=sizes, **caption)

    async def do_editMessageReplyMarkup(self, params: Params, files: Files) -> object:  # noqa: N802
        message = self._messages.get((int(params["chat_id"]), int(params["message_id"])))
        if message is None or not message["from"]["is_bot"]:
            raise ApiError(400, "Bad Request: message to edit not found")
        if message.get("reply_markup") == params.get("reply_markup"):
            raise ApiError(400, "Bad Request: message is not modified")
        message.pop("reply_markup", None)
        return {**message, "edit_date": int(time.time())}

    async def do_answerCallbackQuery(self, params: Params, files: Files) -> object:  # noqa: N802
        if params["callback_query_id"] not in self._callbacks:
            raise ApiError(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        self._callbacks.remove(params["callback_query_id"])
        return True

    async def do_sendChatAction(self, params: Params, files: Files) -> object:  # noqa: N802
        if params.get("action") not in ACTIONS:
            raise ApiError(400, "Bad Request: wrong parameter action in request")
        return True

    async def do_setMyCommands(self, params: Params, files: Files) -> object:  # noqa: N802
        if not all(re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]) for command in params["commands"]):
            raise ApiError(400, "Bad Request: BOT_COMMAND_INVALID")
        return True

    async def do_getFile(self, params: Params, files: Files) -> object:  # noqa: N802
        file = self._files.get(str(params.get("file_id")))
        if file is None:
            raise ApiError(400, "Bad Request: invalid file_id")
        if file["file_size"] > 20 << 20:
            raise ApiError(400, "Bad Request: file is too big")
        return {key: value for key, value in file.items() if key != "data"}

    def _say(self, params: Params, **content: object) -> Params:
        chat = int(params["chat_id"])
        if chat <= 0:
            raise ApiError(400, "Bad Request: chat not found")
        keyboard = params.get("reply_markup")
        if keyboard:
            check_buttons(keyboard)
            content["reply_markup"] = keyboard
        me = {"id": int(self.token.split(":")[0]), "is_bot": True, "first_name": "暖阳", "username": USERNAME}
        return self.message({"id": chat, "type": "private", "first_name": "x"}, me, **content)


async def _read(request: web.Request) -> tuple[Params, Files]:
    params: Params = dict(request.query)
    files: Files = {}
    if request.content_type != "application/octet-stream":
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                files[name] = value.file.read()
            else:
                params[name] = value
    for name in JSON_PARAMS:
        if isinstance(params.get(name), str):
            params[name] = json.loads(params[name])
    return params, files
