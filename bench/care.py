"""Five hundred emergencies on lines that fail: how soon an alert is on an officer's phone, and whether any is lost.

    bench/care.py [--quick] [--count N] [--voices FOLDER]

Each emergency is a voice message of its own turn: stored, recognised by the real recogniser, understood, committed,
called and delivered by the code of the product, in a branch of its own with four officers. A set of spoken reports (ten
recordings with accents, noise and telephone bands where the reference data is beside the checkout, else spoken by the
voices of the tests) is used again and again: each recording is really recognised three times, and every emergency takes
what was heard in one of the three and the seconds that it took.

Only the chats and the clock are simulated. Each message costs 1/30 s, a try that times out five seconds, as if there
were one lane, a restart eight. Beside each other stand the figures of the telecare standard in the United Kingdom (TSA
Quality Standards Framework: 97.5 % of calls answered within 60 s, 99 % within 180 s). Prints a table, and as its last
line one JSON object. `lost`: no officer had the alert within an hour, or it had another number than the case;
`false_confirmed`: a member was told that somebody has it while nobody had.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parents[1]))

from bot.app import hearing_settings, learnt_folder, voice_settings
from bot.compute import open_executor
from bot.config import Config, DataConfig
from bot.courier import Flooded, NotSent, PerhapsSent, Refused
from bot.engines import Engines
from bot.turn import Incoming, Turn
from dialogs.manager import Manager
from dialogs.reply import Unheard
from dialogs.skill import load_skills
from dialogs.understanding.meaning import Said
from dialogs.understanding.understand import Understander
from speech.contracts import Hints
from storage import outbox
from storage.database import writing
from storage.outbox import Button
from tests.care.watch import TELEGRAM, Chats, Read, Watch
from tests.spoken import MEMBERS_VOICES, speak

SPOKEN = (
    "我摔倒了，起不来了，快来人。", "着火了，我家厨房着火了！", "我胸口疼得厉害，喘不上气。", "老伴昏倒了，叫不醒。",
    "家里煤气漏了。", "救命啊，快来人。", "我摔在卫生间，动不了。", "老伴不会说话了，嘴歪了。",
)  # fmt: skip
VOICES = Path(__file__).parents[1].parent / "shared" / "voice"
FAULTS = (
    "none", "blocked", "dead", "server_errors", "flood", "cut_off", "killed_heard", "killed_committed", "killed_sent",
    "clock_back", "three_at_once",
)  # fmt: skip
TELECARE_60S, TELECARE_180S = 97.5, 99.0
SEND_SECONDS, TIME_OUT, RESTART = 1 / 30, 5.0, 8.0
TIMES_HEARD = 3
"""How often each recording is really recognised."""
ANSWERED = 0.8
"""Of the emergencies somebody takes so many, between 20 s and 7 min after they have read of it."""


class KilledError(BaseException):
    """kill -9: nothing of the process is left but what it had committed."""


class Line(Chats):
    """The chats on a line that fails as one emergency's fault wants it."""

    def __init__(self, watch: Watch) -> None:
        super().__init__(watch)
        self.errors: dict[str, int] = {}
        self.floods: set[str] = set()
        self.kill_after_send = False

    async def send_text(self, address: str, text: str, buttons: Sequence[Button]) -> str:  # noqa: ARG002
        self._watch.now += timedelta(seconds=SEND_SECONDS)
        if address in self.refusing:
            raise Refused("blocked")
        if address in self.dead:
            self._watch.now += timedelta(seconds=TIME_OUT)
            raise NotSent("no answer")
        if self.errors.get(address, 0) > 0:
            self.errors[address] -= 1
            raise NotSent("502")
        if address in self.floods:
            self.floods.discard(address)
            raise Flooded(30)
        self.read.append(Read(self._watch.now, address, text))
        if self.kill_after_send and "求助" in text:
            self.kill_after_send = False
            raise KilledError
        if address in self.doubtful:
            self.doubtful.remove(address)
            self._watch.now += timedelta(seconds=TIME_OUT)
            raise PerhapsSent("cut off after the request")
        return str(len(self.read))


class BenchTurn(Turn):
    """The product's turn, which remembers what it heard and how long that took; where the fault says so, it dies."""

    dies = False
    night: Night
    heard: dict[bytes, list[tuple[Said | Unheard, float]]]

    async def _recognise(self, incoming: Incoming, hints: Hints) -> Said | Unheard:
        if self.dies:
            self.dies = False
            raise KilledError
        kept = self.heard.setdefault(incoming.audio or b"", [])
        if len(kept) >= TIMES_HEARD:
            said, seconds = self.night.chance.choice(kept)
            self.night.now += timedelta(seconds=seconds)
            return said
        started = time.perf_counter()
        said = await super()._recognise(incoming, hints)
        kept.append((said, time.perf_counter() - started))
        return said


class Night(Watch):
    """One emergency and its branch."""

    def __init__(self, bench: Bench, chance: random.Random) -> None:
        self.chance = chance
        self._taking: float | None = None
        super().__init__()
        self.chats = Line(self)
        self.restart()
        self.voice_turn = BenchTurn(
            self.db, self.recordings, bench.manager, Engines(bench.executor, bench.hearing, bench.voice),
            self.moment, lambda: None,
        )  # fmt: skip
        self.voice_turn.night, self.voice_turn.heard = self, bench.heard

    def moment(self) -> datetime:
        """The simulated clock, and on top of it the real seconds of a turn at work."""
        spent = time.perf_counter() - self._taking if self._taking is not None else 0.0
        return self.now + timedelta(seconds=spent)

    def hear(self, audio: bytes) -> None:
        """王桂兰 holds the button and speaks; what a kill leaves undone is replayed after the restart."""
        incoming = Incoming(TELEGRAM, "1", self.person("王桂兰").id, audio=audio, address="7")
        for _ in range(2):
            self._taking = time.perf_counter()
            try:
                self._loop.run_until_complete(self.voice_turn.take(incoming))
                return
            except KilledError:
                self.now += timedelta(seconds=RESTART)
                self.restart()
            finally:
                self.now += timedelta(seconds=time.perf_counter() - (self._taking or 0.0))
                self._taking = None

    def deliver(self) -> None:
        """Deliver what waits, until the lane has to pause."""
        self._loop.run_until_complete(self.outbox.deliver_due())

    def work(self) -> None:
        try:
            super().work()
        except KilledError:
            self.now += timedelta(seconds=RESTART)
            self.restart()
            super().work()


class Bench:
    """What all emergencies share: the models and the understanding."""

    def __init__(self) -> None:
        config = Config(data=DataConfig(folder=Path(tempfile.mkdtemp()) / "data"))
        self.hearing, self.voice = hearing_settings(config), voice_settings(config)
        self.executor = open_executor(config.compute)
        understander = Understander.load(learnt_folder(config))
        self.heard: dict[bytes, list[tuple[Said | Unheard, float]]] = {}
        self.manager = Manager(understander, load_skills(), timedelta(minutes=config.dialogue.expires_minutes))


def chosen(fault: str, chance: random.Random) -> frozenset[str]:
    """The faults of one emergency."""
    return frozenset(chance.sample(FAULTS[1:-1], 3) if fault == "three_at_once" else [fault])


def prepare(night: Night, faults: frozenset[str]) -> None:
    """What goes wrong from the start."""
    line, chance = night.chats, night.chance
    officers = ["100", "200", "300", "400"]
    if "blocked" in faults:
        line.refusing = set(officers[: chance.randint(1, 3)])
    if "dead" in faults:
        line.dead = set(officers[: chance.randint(1, 2)])
    if "server_errors" in faults:
        line.errors = {address: chance.randint(1, 3) for address in officers}
    if "cut_off" in faults:
        line.doubtful = list(officers)
    night.voice_turn.dies = "killed_heard" in faults
    line.kill_after_send = "killed_sent" in faults
    if "flood" in faults:
        _broadcast(night)
        line.floods = {str(5000 + chance.randint(5, 400)), *(["100"] if chance.random() < 0.5 else [])}
        night.deliver()


def _broadcast(night: Night) -> None:
    with writing(night.db):
        for number in range(500):
            outbox.put(
                night.db, dedupe_key=f"news:{number}", lane="routine", channel=TELEGRAM,
                address=str(5000 + number), text="明天学习", now=night.now,
            )  # fmt: skip


def emergency(bench: Bench, fault: str, audio: bytes, seed: int) -> dict[str, float | bool | str]:
    """One report, from the voice message's arrival to the alert in an officer's chat."""
    chance = random.Random(seed)
    faults = chosen(fault, chance)
    night = Night(bench, chance)
    try:
        prepare(night, faults)
        arrived = night.now
        night.hear(audio)
        if "killed_committed" in faults:
            night.now += timedelta(seconds=RESTART)
            night.restart()
        if "clock_back" in faults:
            before = night.now
            night.now -= timedelta(minutes=chance.randint(5, 3000))
            arrived -= before - night.now
        delivered = _until_delivered(night, arrived)
        heard = night.rows("SELECT count(*) FROM care_case WHERE trigger = 'emergency'") != [(0,)]
        false = _answered(night, delivered is not None) if heard else False
        return {
            "fault": fault, "seconds": delivered if delivered is not None else float("inf"),
            "understood": heard, "false_confirmed": false,
        }  # fmt: skip
    finally:
        night.close()


def _until_delivered(night: Night, arrived: datetime) -> float | None:
    """Seconds until the first officer reads of it under the case's number; None where an hour passes."""
    officers = {"100", "200", "300", "400"}
    number = night.rows("SELECT max(number) FROM care_case")[0][0]
    for _ in range(720):
        night.work()
        for each in night.chats.read:
            if each.address in officers and (f"{number}号求助" in each.text or ("请" in each.text and number is None)):
                return (each.at - arrived) / timedelta(seconds=1)
        night.later(seconds=5)
    return None


def _answered(night: Night, delivered: bool) -> bool:
    """Somebody takes it, or nobody does; True where the member heard of an answer that there was not."""
    if delivered and night.chance.random() < ANSWERED:
        night.later(seconds=night.chance.uniform(20, 420))
        if any("已经收到" in text for text in night.texts("王桂兰")):
            return True
        readers = [each.address for each in night.chats.read if "求助" in each.text]
        names = {"100": "李卫民", "200": "周敏", "300": "陈强", "400": "郑红"}
        night.take(names[night.chance.choice(readers)])
        night.later(minutes=1)
        return night.rows("SELECT count(*) FROM delivery WHERE outcome = 'acknowledged'") != [(1,)]
    night.later(minutes=12)
    return any("已经收到" in text for text in night.texts("王桂兰"))


def recordings(folder: Path) -> list[bytes]:
    """Spoken reports of danger."""
    manifest = folder / "manifest.jsonl"
    if manifest.exists():
        rows = [json.loads(row) for row in manifest.read_text(encoding="utf-8").splitlines()]
        return [(folder / row["file"]).read_bytes() for row in rows if row["intent"] == "care_emergency"]
    return [speak(text, MEMBERS_VOICES[number % len(MEMBERS_VOICES)]) for number, text in enumerate(SPOKEN)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--count", type=int, default=0)
    parser.add_argument("--voices", type=Path, default=VOICES)
    options = parser.parse_args()
    count = options.count or (20 if options.quick else 500)
    logging.disable(logging.ERROR)  # every fault is meant
    bench, spoken = Bench(), recordings(options.voices)
    done = [
        emergency(bench, FAULTS[number % len(FAULTS)], spoken[number % len(spoken)], number)
        for number in track(range(count), "emergencies", console=Console(stderr=True))
    ]
    bench.executor.shutdown()
    show(done)


def show(done: list[dict[str, float | bool | str]]) -> None:
    """The table, and the figures as JSON."""
    by_fault: defaultdict[str, list[float]] = defaultdict(list)
    for each in done:
        by_fault[str(each["fault"])].append(float(each["seconds"]))
    table = Table("fault", "emergencies", "median s", "slowest s", "within 60 s", "within 180 s", "lost")
    for fault, seconds in [*by_fault.items(), ("all", [float(each["seconds"]) for each in done])]:
        ordered = sorted(seconds)
        table.add_row(
            fault, str(len(ordered)), f"{ordered[len(ordered) // 2]:.1f}", f"{ordered[-1]:.1f}",
            f"{_share(ordered, 60):.1f} %", f"{_share(ordered, 180):.1f} %", str(_lost(ordered)),
        )  # fmt: skip
    table.add_row("telecare (TSA)", "", "", "", f"{TELECARE_60S} %", f"{TELECARE_180S:.1f} %", "")
    Console(width=120).print(table)
    seconds = [float(each["seconds"]) for each in done]
    print(
        json.dumps(
            {
                "emergencies": len(done),
                "within_60s": round(_share(seconds, 60), 2),
                "within_180s": round(_share(seconds, 180), 2),
                "lost": _lost(seconds),
                "false_confirmed": sum(bool(each["false_confirmed"]) for each in done),
                "understood": sum(bool(each["understood"]) for each in done),
                "telecare_60s": TELECARE_60S,
                "telecare_180s": TELECARE_180S,
            }
        )
    )


def _share(seconds: Sequence[float], limit: float) -> float:
    return 100 * sum(each <= limit for each in seconds) / len(seconds)


def _lost(seconds: Sequence[float]) -> int:
    return sum(each == float("inf") for each in seconds)


if __name__ == "__main__":
    main()
