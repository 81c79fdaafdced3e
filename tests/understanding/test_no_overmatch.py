"""Every template is said by some test, and no intent wins another's sentence."""

from __future__ import annotations

import random
import re

import pytest

from dialogs.understanding.matching import Matcher, slot_patterns, spell, spellings
from dialogs.understanding.meaning import Role
from dialogs.understanding.sentences import IntentWords, load_words
from dialogs.understanding.templates import sample, to_regex, wordings
from tests.understanding.invented import filled
from tests.understanding.test_templates import values

WORDS = load_words()
MATCHER = Matcher(WORDS)
DRAWN = 12
"""Wordings drawn from each template."""


def role_of(words: IntentWords) -> Role:
    return "secretary" if words.role == "secretary" else "member"


@pytest.mark.parametrize("words", WORDS, ids=lambda words: words.intent)
def test_a_skills_own_sentences_are_its_own(words: IntentWords) -> None:
    assert words.stories
    for story in words.stories:
        said = filled(story.say, words.intent)
        if story.officer:
            assert (MATCHER.own_wish(values(said, words)), MATCHER.intents(values(said, words), "secretary")) == (
                words.intent,
                [],
            ), said
            continue
        assert MATCHER.intents(values(said, words), role_of(words)) == [words.intent], said


@pytest.mark.parametrize("words", WORDS, ids=lambda words: words.intent)
def test_every_template_is_said_by_a_test(words: IntentWords) -> None:
    for templates, officer in ((words.sentences, False), (words.officer, True)):
        said = [filled(story.say, words.intent) for story in words.stories if story.officer == officer]
        lines = [line for each in said for line in spellings(values(each, words))]
        for template in templates:
            pattern = re.compile(to_regex(template, spell, slot_patterns(words.intent)))
            assert any(pattern.fullmatch(line) for line in lines), sample(template, random.Random(1))


@pytest.mark.parametrize("words", WORDS, ids=lambda words: words.intent)
def test_no_intent_wins_anothers_sentence(words: IntentWords) -> None:
    chance = random.Random(words.intent)
    for template in words.sentences:
        for _ in range(min(DRAWN, 2 * wordings(template))):
            said = filled(sample(template, chance), words.intent)
            assert set(MATCHER.intents(values(said, words), role_of(words))) <= {words.intent}, said


@pytest.mark.parametrize("words", [each for each in WORDS if each.officer], ids=lambda words: words.intent)
def test_what_an_officer_wants_for_themselves_is_no_officers_wish(words: IntentWords) -> None:
    chance = random.Random(words.intent)
    for template in words.officer:
        for _ in range(min(DRAWN, 2 * wordings(template))):
            said = filled(sample(template, chance), words.intent)
            assert MATCHER.intents(values(said, words), "secretary") == [], said


def test_a_homophone_of_a_template_is_the_template() -> None:
    words = next(words for words in WORDS if words.intent == "session_register")
    assert MATCHER.intents(values("帮我爆个名", words), "member") == ["session_register"]


def test_what_a_secretary_says_is_no_members_wish() -> None:
    words = next(words for words in WORDS if words.intent == "query_dues")
    assert MATCHER.intents(values("谁还没交党费", words), "secretary") == ["query_dues"]
    assert MATCHER.intents(values("谁还没交党费", words), "member") == []
