"""What Nuanyang says is short, kind and plain, as docs/voice-and-tone.md has it. Exceptions are listed and strict."""

from __future__ import annotations

import ast
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from dialogs.skill import load_skills

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "voice-and-tone.md"
ASKED, TOLD = 25, 60
"""Characters, without what fills the places."""
SPOKEN = ("replies", "parts", "manager", "unheard", "plain", "simpler", "forms", "meanings", "words", "acknowledge")
"""Tables of dialogs/**/*.toml that are said or shown; others hold cues, entries of the log, sentences to learn from."""
WHOLE = ("replies", "manager", "unheard", "plain", "acknowledge")
"""Of these, the ones that hold whole sentences."""
PLACE = re.compile(r"\{\w+\}")
END = re.compile(r"[。！？]$")
QUESTION = re.compile(r"[^。！？；]*？")
UNKIND = re.compile(
    "系统|错误|失败|无效|故障|异常|代码|请重试|必须|无法|非法|超时|逾期|您没有|您没说|您说错|提交|审批|受理|工单|[A-Za-z]"
)

PARTS = {
    "dialogs/manager.toml": {"nobody", "button_yes", "button_no", "log"},
    "dialogs/skills/query_care.toml": {
        "taken", "not_taken", "emergency", "illness", "hardship", "bereavement", "holiday",
    },
}  # fmt: skip
"""Keys whose words are no sentence of their own: they fill a place, stand on a button, or in a table."""
PART = re.compile(r"(state|columns)(_|$)")
"""How further such keys begin."""
LONGER_THAN_A_QUESTION = {"leave_request noted_ask"}
"""A question before which more is told: that the leave is noted already."""


@dataclass(frozen=True)
class Sentence:
    """One wording of a key."""

    file: str
    table: str
    key: str
    text: str

    @property
    def bare(self) -> str:
        """Without what fills its places."""
        return PLACE.sub("", self.text)

    @property
    def is_part(self) -> bool:
        return self.key in PARTS.get(self.file, ()) or PART.match(self.key) is not None

    def __str__(self) -> str:
        return f"{self.file} [{self.table}] {self.key}: {self.text}"


def sentences(folder: Path = ROOT) -> list[Sentence]:
    found = []
    for file in [
        *folder.glob("dialogs/*.toml"),
        *(
            words
            for room in ("care", "documents", "duties", "handlers", "officers", "sessions", "skills")
            for words in folder.glob(f"dialogs/{room}/*.toml")
        ),
    ]:
        for table, content in tomllib.loads(file.read_text(encoding="utf-8")).items():
            if table not in SPOKEN:
                continue
            for key, said in content.items():
                for text in [said] if isinstance(said, str) else said:
                    found.append(Sentence(file.relative_to(folder).as_posix(), table, key, text))
    return found


SENTENCES = sentences()


def test_what_is_told_is_short() -> None:
    long = [str(each) for each in SENTENCES if len(each.bare) > TOLD]
    assert not long, f"more than {TOLD} characters: {long}"


def test_a_question_is_short() -> None:
    long = [str(each) for each in SENTENCES for asked in QUESTION.findall(each.bare) if len(asked) > ASKED]
    assert not long, f"a question of more than {ASKED} characters: {long}"


def test_what_a_skill_asks_or_reads_back_is_short_as_a_whole() -> None:
    asked = {(name, key) for name in load_skills() for key in asked_keys(name)}
    assert asked
    long = {
        f"{name} {each.key}"
        for each in SENTENCES
        for name in [Path(each.file).stem]
        if (name, each.key) in asked and len(each.bare) > ASKED
    }
    assert long <= LONGER_THAN_A_QUESTION, f"more than {ASKED} characters: {long - LONGER_THAN_A_QUESTION}"
    assert long >= LONGER_THAN_A_QUESTION, f"no longer so: {LONGER_THAN_A_QUESTION - long}; shorten the list"


def asked_keys(skill: str) -> set[str]:
    """The keys that a skill, or what it shares with others, hands to Ask and Confirm."""
    trees = [parsed(ROOT / "dialogs/skills" / f"{skill}.py")]
    for node in ast.walk(trees[0]):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "dialogs":
            room = ROOT / node.module.replace(".", "/")
            shared = [room.with_suffix(".py"), *(room / f"{alias.name}.py" for alias in node.names)]
            trees += [parsed(file) for file in shared if file.exists()]
    return {
        str(call.args[0].value)
        for tree in trees
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in ("Ask", "Confirm")
        and call.args
        and isinstance(call.args[0], ast.Constant)
    }


def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def test_nobody_is_scolded_and_nothing_is_jargon() -> None:
    unkind = [f"{found[0]} in {each}" for each in SENTENCES if (found := UNKIND.search(each.bare))]
    assert not unkind, unkind


@pytest.mark.parametrize("file", ["bot/telegram.toml", "bot/web/web.toml", "bot/web/desk.toml"])
def test_the_channels_are_as_kind(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    said = "\n".join(line.partition("=")[2] for line in text.splitlines() if not line.startswith("#"))
    assert not re.search("系统|错误|失败|无效|故障|异常|代码|请重试|必须|您没有", said)


def test_every_sentence_ends_with_a_mark() -> None:
    open_ended = [
        str(each)
        for each in SENTENCES
        if each.table in WHOLE and not each.is_part and not END.search(each.text) and not each.text.endswith("}")
    ]
    assert not open_ended, open_ended


def test_the_parts_that_are_listed_are_parts() -> None:
    keys = {(each.file, each.key) for each in SENTENCES if not END.search(each.text)}
    for file, parts in PARTS.items():
        assert {(file, part) for part in parts} <= keys, f"{file}: shorten the list of parts"


def test_a_danger_is_answered_with_120_first() -> None:
    answers = [each for each in SENTENCES if each.file.endswith("care_emergency.toml")]
    assert answers
    for each in answers:
        assert "120" in re.split("[。！？]", each.text)[0], str(each)


def test_who_is_sent_away_hears_of_the_doctor_and_of_120() -> None:
    for each in SENTENCES:
        if each.key == "out_of_scope" and each.table == "plain":
            assert "医生" in each.text, str(each)
            assert "120" in each.text, str(each)


def test_the_pages_good_sentences_are_what_is_said() -> None:
    told = [each for each in SENTENCES if each.table in WHOLE or each.key == "member_told"]
    templates = [re.compile(".+".join(map(re.escape, PLACE.split(each.text)))) for each in told]
    good = table_column(3)
    assert len(good) >= 12
    for sentence in good:
        assert any(template.fullmatch(sentence) for template in templates), f"nobody says {sentence!r}"


def test_the_pages_bad_sentences_are_said_by_nobody() -> None:
    said = {each.text for each in SENTENCES}
    for sentence in table_column(2):
        assert sentence not in said


def test_the_page_names_the_limits_and_the_words() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert f"{ASKED} 个字" in text
    assert f"{TOLD} 个字" in text
    for word in ("系统", "错误", "失败", "无效", "请重试", "必须"):
        assert word in text


def table_column(number: int) -> list[str]:
    """A column of the page's table of good and bad sentences."""
    section = PAGE.read_text(encoding="utf-8").partition("## 好句子，坏句子")[2].partition("\n## ")[0]
    rows = [line.split("|") for line in section.splitlines() if line.startswith("|")][2:]
    return [row[number].strip() for row in rows]
