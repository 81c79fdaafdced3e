"""Whatever is asked: again, slower, wait, back, leave it, help, a human, danger, another wish, silence, noise and a
restart do what they promise. Every skill that can leave a question open is brought there, and each of them is said."""

from __future__ import annotations

import inspect
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pysqlite3
import pytest

from bot.answer import Answer
from dialogs import words
from dialogs.skill import load_skills
from dialogs.talk import Question, load_talk
from tests.bot.conftest import NOW, Office, open_office
from tests.spoken import need_models, silence, white_noise

OPEN: list[dict[str, object]] = tomllib.loads(
    Path(__file__).with_name("in_every_state.toml").read_text(encoding="utf-8")
)["open"]
ASKS = re.compile(r"\b(Ask|Confirm)\(|\bwhich\(|\bcaring\.report\(")
"""How a skill that can leave a question open is written."""
OTHER_WISH = {"李卫民": ("谁没交党费", "query_dues"), "周敏": ("谁没交党费", "query_dues")}
"""Another wish, and what it is; members ask what there is."""
MEMBERS_WISH = ("最近有什么学习活动", "session_list")


@dataclass
class State:
    """An open question, and the branch in which it is open."""

    office: Office
    """The branch."""
    by: str
    """Who was asked."""
    asked: Question
    """What was asked."""
    text: str
    """The answer that asked it."""
    free: bool
    """Whether any words are an answer to it."""

    def say(self, text: str) -> Answer:
        self.office.later(seconds=20)
        return self.office.say(self.by, text)

    def hear(self, audio: bytes) -> Answer:
        self.office.later(seconds=20)
        return self.office.voice(self.by, audio)

    @property
    def question(self) -> Question | None:
        return load_talk(self.office.app.db, self.office.person(self.by).id).question

    @property
    def still_open(self) -> bool:
        return self.question is not None and (self.question.asked, self.question.wish) == (
            self.asked.asked, self.asked.wish
        )  # fmt: skip

    def count(self, table: str) -> int:
        return int(str(self.office.rows(f"SELECT count(*) FROM {table}")[0][0]))


class Hall:
    """One branch, put back to how it was before each line: opening a branch anew takes longer than the talk."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self._fresh = _copy(office)
        self._states: dict[int, tuple[State, pysqlite3.Connection, datetime]] = {}

    def state(self, number: int) -> State:
        if number not in self._states:
            self._fresh.backup(self.office.app.db.conn)
            self.office.clock[0] = NOW
            self._states[number] = (self._bring(OPEN[number]), _copy(self.office), self.office.clock[0])
        state, copy, self.office.clock[0] = self._states[number]
        copy.backup(self.office.app.db.conn)
        return state

    def _bring(self, case: Mapping[str, object]) -> State:
        by, text = str(case["by"]), ""
        for line in case["lines"]:  # type: ignore[attr-defined]
            who, _, said = str(line).rpartition("：")
            self.office.later(seconds=20)
            text = self.office.say(who or by, said).text
        question = load_talk(self.office.app.db, self.office.person(by).id).question
        assert question is not None, f"{case['skill']}: nothing is asked, but said: {text}"
        assert question.wish.intent == case["skill"], f"{question.wish.intent} asks, not {case['skill']}: {text}"
        return State(self.office, by, question, text, bool(case.get("free")))


def _copy(office: Office) -> pysqlite3.Connection:
    copy = pysqlite3.connect(":memory:")
    office.app.db.conn.backup(copy)
    return copy


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    with open_office(tmp_path_factory.mktemp("hall")) as office:
        yield Hall(office)


def _manager(table: str, key: str) -> list[str]:
    """Every variant of a sentence of the manager's."""
    said = words.load("manager", table)
    return [said.of_turn(turn).say(key, secretary="李书记", question="") for turn in range(said.variants(key))]


def again(state: State) -> None:
    assert state.say("再说一遍").text == state.text
    assert state.still_open


def slower(state: State) -> None:
    before = state.office.person(state.by).speed
    assert state.say("慢一点").text == _manager("manager", "slower")[0] + state.text
    assert state.office.person(state.by).speed < before
    assert state.still_open


def wait(state: State) -> None:
    assert state.say("等一下").text in _manager("manager", "waiting")
    assert state.still_open


def back(state: State) -> None:
    entries = state.count("entry")
    said = state.say("返回").text
    assert not state.still_open
    assert state.count("entry") == entries
    question = state.question
    assert said.startswith(_manager("manager", "dropped")[0]) or (question is not None and question.asked in said)


def leave_it(state: State) -> None:
    entries = state.count("entry")
    assert state.say("算了").text == _manager("manager", "stopped")[0]
    assert state.question is None
    assert state.count("entry") == entries


def help_(state: State) -> None:
    answer = state.say("帮助")
    assert answer.text.endswith(state.asked.asked)
    assert len(answer.text) > len(state.asked.asked)
    assert state.still_open


def secretary(state: State) -> None:
    if state.by in OTHER_WISH:  # whoever is called does not call
        return
    tasks = state.count("task WHERE kind = 'call_back'")
    said = state.say("找书记").text
    assert state.count("task WHERE kind = 'call_back'") == tasks + 1
    if state.asked.wish.intent == "contact_secretary":  # that was what was asked
        return
    assert state.still_open
    assert said.endswith(state.asked.asked)


def danger(state: State) -> None:
    cases = state.count("care_report")
    said = state.say("我摔倒了，起不来了").text
    assert "120" in said.split("。")[0]
    assert state.count("care_report") == cases + 1
    if not state.asked.optional and state.asked.wish.intent != "care_emergency":
        assert state.asked.asked in said


def another_wish(state: State) -> None:
    wanted, intent = OTHER_WISH.get(state.by, MEMBERS_WISH)
    answer = state.say(wanted)
    if state.free:
        return
    assert answer.intent == intent
    if state.asked.optional:  # it may stay unanswered
        return
    assert state.still_open
    assert answer.text.endswith(state.asked.asked)


SAID: Mapping[str, Callable[[State], None]] = {
    "再说一遍": again, "慢一点": slower, "等一下": wait, "返回": back, "算了": leave_it, "帮助": help_,
    "找书记": secretary, "摔倒了": danger, "别的事": another_wish,
}  # fmt: skip
STATES = [pytest.param(number, id=f"{each['skill']}-{number}") for number, each in enumerate(OPEN)]


@pytest.mark.parametrize("number", STATES)
@pytest.mark.parametrize("said", SAID)
def test_it_does_what_it_promises(hall: Hall, number: int, said: str) -> None:
    SAID[said](hall.state(number))


@pytest.mark.soak
@pytest.mark.models
@pytest.mark.parametrize("number", STATES)
@pytest.mark.parametrize("audio", ["silence", "noise"])
def test_what_is_not_heard_is_asked_again(hall: Hall, number: int, audio: str) -> None:
    need_models()
    state = hall.state(number)
    said = state.hear(silence(3) if audio == "silence" else white_noise(4)).text
    assert said.startswith(_manager("unheard", audio)[0])
    assert len(said) > len(_manager("unheard", audio)[0]) or state.asked.optional
    assert state.still_open


def test_a_restart_leaves_every_question_open(hall: Hall, tmp_path: Path) -> None:
    with open_office(tmp_path) as office:
        for number in range(len(OPEN)):
            state = hall.state(number)
            hall.office.app.db.conn.backup(office.app.db.conn)
            office.clock[0] = hall.office.clock[0] + timedelta(seconds=20)
            assert office.say(state.by, "再说一遍", f"after the restart {number}").text == state.text
            assert load_talk(office.app.db, office.person(state.by).id).question == state.asked


def test_every_skill_that_asks_is_here() -> None:
    asking = {
        name for name, skill in load_skills().items() if ASKS.search(inspect.getsource(inspect.getmodule(skill.act)))  # type: ignore[arg-type]
    }  # fmt: skip
    brought = {str(each["skill"]) for each in OPEN}
    assert asking <= brought, f"bring these to a question in in_every_state.toml: {sorted(asking - brought)}"
