"""A whole turn: how fast it is heard and answered, how much memory the serving process takes, how soon it is ready.

    bench/turn.py [--quick]

Prints a table, and as its last line one JSON object. `recognise_speedup` compares with a stock
`faster_whisper.WhisperModel.transcribe` of the same model in the same run (see bench/recognition.py).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

import httpx
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parents[1]))


from bot.app import open_app, voice_settings
from bot.config import load_config
from bot.turn import Incoming
from speech import work
from speech.contracts import Manner
from storage import members

SENTENCES = ("下周三下午的学习给我报个名", "不对", "六有一提升那个文件念给我听听", "再说一遍", "你好")
ROUNDS = 20
REQUEST = "下周三下午的学习，给我报个名"


def recognition(quick: bool) -> dict[str, float]:
    """The figures of bench/recognition.py: ours beside the stock call of the same model, in one process."""
    command = [sys.executable, str(Path(__file__).with_name("recognition.py")), *(["--quick"] if quick else [])]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found: dict[str, float] = json.loads(printed.splitlines()[-1])
    return found


def text_turns(folder: Path) -> list[float]:
    """Milliseconds of each text turn, warm, through the same entry as every channel."""
    with open_app(load_config(folder / "config.toml")) as app:
        speaker = members.find(app.db, "王桂兰")[0]

        async def turns() -> list[float]:
            taken = []
            for number in range(len(SENTENCES) + ROUNDS):
                started = time.perf_counter()
                text = SENTENCES[number % len(SENTENCES)]
                await app.turn.take(Incoming("cli", uuid.uuid4().hex, speaker.id, text))
                taken.append((time.perf_counter() - started) * 1000)
            return taken[len(SENTENCES) :]

        return asyncio.run(turns())


def serving(folder: Path, port: int) -> tuple[float, float, float]:
    """Seconds until ready, peak memory in MB and seconds of a voice turn with its spoken answer, of a real server."""
    config = (folder / "config.toml").read_text(encoding="utf-8").replace("port = 8000", f"port = {port}")
    (folder / "config.toml").write_text(config, encoding="utf-8")
    request = work.speak(REQUEST, voice_settings(load_config(folder / "config.toml")), Manner())
    started = time.perf_counter()
    server = subprocess.Popen(
        [sys.executable, "-m", "bot", "serve", "--config", str(folder)],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    try:
        page = _first_member_page(server)
        with httpx.Client(
            base_url=f"http://127.0.0.1:{port}", timeout=120, headers={"Sec-Fetch-Site": "same-origin"}
        ) as web:
            _wait(web)
            ready = time.perf_counter() - started
            turned = 0.0
            for _ in range(3):
                began = time.perf_counter()
                files = {"audio": ("a.ogg", request, "audio/ogg")}
                answer = web.post(f"{page}/say", data={"update_id": uuid.uuid4().hex}, files=files).raise_for_status()
                web.get(answer.json()["voice"]).raise_for_status()
                turned = time.perf_counter() - began
        peak = _peak_memory(server.pid)
    finally:
        server.terminate()
        server.wait(30)
    return ready, peak, turned


def _first_member_page(server: subprocess.Popen[str]) -> str:
    assert server.stdout is not None
    for line in server.stdout:
        if found := re.search(r"(/m/\S+)", line):
            return found.group(1)
    raise RuntimeError("the server printed no link")


def _wait(web: httpx.Client) -> None:
    while True:
        try:
            if web.get("/healthz").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.05)


def _peak_memory(pid: int) -> float:
    """Peak resident memory of the process and its children (the decoding worker), in MB."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    peaks = [
        int(re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{each}/status").read_text()).group(1))  # type: ignore[union-attr]
        for each in [str(pid), *children]
    ]
    return sum(peaks) / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer recordings")
    quick = parser.parse_args().quick
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "branch"
        subprocess.run([sys.executable, "-m", "bot", "init", "--demo", str(folder)], check=True, capture_output=True)
        turns = text_turns(folder)
        ready, peak, turned = serving(folder, 8765)
    figures = {
        **recognition(quick),
        "text_turn_ms": round(statistics.median(turns), 2),
        "voice_turn_s": round(turned, 2),
        "peak_rss_mb": round(peak),
        "ready_s": round(ready, 2),
    }
    table = Table("figure", "value", "must")
    must = {"recognise_speedup": ">= 4", "text_turn_ms": "< 30", "peak_rss_mb": "< 1000", "ready_s": "< 10"}
    for name, value in figures.items():
        table.add_row(name, str(value), must.get(name, ""))
    Console().print(table)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
