"""The classifier: learns from sentences, is stored as plain numbers, hears homophones as what they sound like."""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import pytest

from dialogs.understanding.classifier import Classifier, softmax
from dialogs.understanding.examples import examples
from dialogs.understanding.features import PERSON, TIMES, bare, features
from dialogs.understanding.sentences import fingerprint, load_words
from dialogs.understanding.training import Recipe, train
from dialogs.understanding.variation import Draw

SENTENCES = {
    "报名": ["我要报名", "帮我报个名", "报名参加", "给我报名", "我想报名参加活动"],
    "请假": ["我要请假", "帮我请个假", "请假一天", "给我请假", "我想请假不来了"],
    "天气": ["明天下雨吗", "今天冷不冷", "天气怎么样", "会不会下雨", "外面下雪了吗"],
}


@pytest.fixture(scope="module")
def small() -> Classifier:
    said = [(text, label) for label, texts in SENTENCES.items() for text in texts * 3]
    return train(
        [features(text) for text, _ in said], [label for _, label in said], [1.0] * len(said), Recipe(rounds=30)
    )


def best(classifier: Classifier, text: str) -> str:
    return classifier.labels[int(classifier.scores(features(text)).argmax())]


@pytest.mark.parametrize(
    ("text", "label"),
    [("我报名", "报名"), ("请个假吧", "请假"), ("下雨不下雨", "天气"), ("帮我爆个铭", "报名"), ("情驾", "请假")],
)
def test_it_learns_what_sentences_have_in_common(small: Classifier, text: str, label: str) -> None:
    assert best(small, text) == label


def test_a_sentence_like_no_other_teaches_nothing() -> None:
    with pytest.raises(ValueError, match="sentence 3"):
        train([["a"], ["a"], ["a"], ["b"]], ["x", "y", "x", "y"], [1.0] * 4, Recipe())


def test_probabilities_sum_to_one(small: Classifier) -> None:
    assert softmax(small.scores(features("我要报名"))).sum() == pytest.approx(1, abs=1e-5)
    assert softmax(small.scores(features("我要报名")), 0.5).max() > softmax(small.scores(features("我要报名")), 2).max()


def test_words_never_heard_leave_it_open(small: Classifier) -> None:
    assert softmax(small.scores(features("qqq"))).max() < 0.6


def test_it_is_stored_as_numbers_and_read_back_the_same(small: Classifier, tmp_path: Path) -> None:
    path = tmp_path / "learnt.npz"
    small.save(path)
    again = Classifier.read(path)
    for text in ("我要报名", "会下雨吗", "请假"):
        np.testing.assert_allclose(again.scores(features(text)), small.scores(features(text)), atol=0.05)
    with zipfile.ZipFile(path) as stored:
        for name in stored.namelist():
            assert b"|O" not in stored.read(name)[:128], f"{name} holds Python objects"
    assert [entry.name for entry in tmp_path.iterdir()] == ["learnt.npz"]


@pytest.mark.parametrize("content", [b"", b"not an archive", b"PK\x03\x04 cut off"])
def test_a_broken_file_is_no_classifier(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "learnt.npz"
    path.write_bytes(content)
    with pytest.raises((OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile)):
        Classifier.read(path)


def test_features_hear_homophones_alike_and_regional_confusions_too() -> None:
    syllables = {f for f in features("交党费") if f.startswith("s")}
    assert syllables <= set(features("教档肥"))
    classes = {f for f in features("牛奶", views="k") if f.startswith("k")}
    assert classes <= set(features("流来", views="k"))


def test_features_tell_where_a_time_lies_but_not_who_was_named() -> None:
    assert "t" + TIMES["past"] in features(TIMES["past"] + "谁没来")
    assert {f for f in features(TIMES["past"] + "谁没来") if f[0] == "c"} == {
        f for f in features(TIMES["future"] + "谁没来") if f[0] == "c"
    }
    assert "t" + PERSON in features(PERSON + "来了没有")


@pytest.mark.parametrize(
    ("said", "plain"), [("嗯，那个，我要报名。", "那个我要报名"), ("啊", "啊"), ("", ""), ("ＡＢ　１２", "ab12")]
)
def test_hesitation_and_punctuation_are_dropped(said: str, plain: str) -> None:
    assert bare(said) == plain


def test_examples_are_many_varied_and_the_same_every_time() -> None:
    words = load_words()
    draw = Draw(most=3)
    made = examples(words, "member", draw)
    assert made == examples(words, "member", draw)
    assert {example.intent for example in made} == {intent.intent for intent in words if intent.for_role("member")}
    assert len({example.text for example in made}) > 0.8 * len(made)
    assert not any("{" in example.text for example in made)


def test_what_was_learnt_from_other_sentences_is_not_used() -> None:
    assert fingerprint("one") != fingerprint("other")
    assert fingerprint("one") == fingerprint("one")
