"""Sentences with their places filled."""

from __future__ import annotations

import pytest

from dialogs.words import MissingWords, Words

WORDS = Words("here", {"said": "他说：“{said}”。请去看看。", "named": ["{who}来了。", "来的是{who}。"]})


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("走不动了", "他说：“走不动了”。请去看看。"),
        ("走不动了。", "他说：“走不动了。”请去看看。"),
        ("有人吗？", "他说：“有人吗？”请去看看。"),
    ],
)
def test_what_is_quoted_is_stopped_once(said: str, sentence: str) -> None:
    assert WORDS.say("said", said=said) == sentence


def test_each_turn_takes_the_next_variant() -> None:
    assert [WORDS.of_turn(turn).say("named", who="老王") for turn in (0, 1, 2)] == [
        "老王来了。",
        "来的是老王。",
        "老王来了。",
    ]


@pytest.mark.parametrize(("key", "values"), [("lost", {}), ("said", {})])
def test_a_missing_sentence_or_place_is_named(key: str, values: dict[str, str]) -> None:
    with pytest.raises(MissingWords, match=key):
        WORDS.say(key, **values)
