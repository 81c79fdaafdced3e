"""Sentence templates: read, spelt out, matched by sound."""

from __future__ import annotations

import random

import pytest

from dialogs.understanding.meaning import Said
from dialogs.understanding.sentences import BadSkill, IntentWords, _intent_words, load_words
from dialogs.understanding.templates import BadTemplate, expand, parse, sample, slot_names, wordings
from dialogs.understanding.values import Values, find_values
from tests.understanding.invented import situation


@pytest.mark.parametrize(
    ("template", "sentences"),
    [
        ("报名", {"报名"}),
        ("[我]报名", {"报名", "我报名"}),
        ("(我|俺)报名", {"我报名", "俺报名"}),
        ("[我|俺]报名", {"报名", "我报名", "俺报名"}),
        ("(听|念){title}", {"听{title}", "念{title}"}),
        ("[(我|俺)要]听", {"听", "我要听", "俺要听"}),
    ],
)
def test_a_template_stands_for_its_sentences(template: str, sentences: set[str]) -> None:
    parsed = parse(template)
    assert set(expand(parsed)) == sentences
    assert wordings(parsed) == len(sentences)
    assert sample(parsed, random.Random(1)) in sentences


@pytest.mark.parametrize("template", ["(我", "我)", "[我", "{title", "{}", "(甲|乙]", "我|你"])
def test_a_template_that_is_not_well_formed_is_refused(template: str) -> None:
    with pytest.raises(BadTemplate) as error:
        parse(template)
    assert repr(template) in str(error.value)


def test_a_template_knows_its_slots() -> None:
    assert slot_names(parse("[{when}的](会|{topic})")) == {"when", "topic"}


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ({"understanding": {"sentence": []}}, "unknown key 'sentence'"),
        ({"role": "cat"}, "role is 'cat'"),
        ({"understanding": {"prefer": "later"}}, "prefer is 'later'"),
        ({"understanding": {"sentences": ["(我"]}}, "bracket"),
    ],
)
def test_a_skill_that_cannot_be_read_is_named(content: dict[str, object], complaint: str) -> None:
    with pytest.raises(BadSkill, match=complaint) as error:
        _intent_words("skills/x.toml", {"intent": "x", **content})
    assert "skills/x.toml" in str(error.value)


def test_templates_ask_only_for_slots_that_exist() -> None:
    known = {slot for words in load_words() for slot in words.slots}
    for words in load_words():
        for template in (*words.sentences, *words.examples, *words.said):
            assert slot_names(template) <= known, words.intent


def values(text: str, words: IntentWords) -> Values:
    """What stands in a sentence said by somebody who may say it."""
    return find_values(Said(text), situation("secretary" if words.role == "secretary" else "member"))
