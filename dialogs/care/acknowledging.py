"""收到: an officer takes a case, by a button, by the word, or by voice; or says that it was a false alarm."""

from __future__ import annotations

import re

from dialogs import words
from dialogs.care import caring
from dialogs.reply import Reply
from dialogs.scene import Scene, Step
from dialogs.skill import Done
from dialogs.understanding.features import bare
from dialogs.understanding.numbers import chinese_number
from dialogs.understanding.sound import similarity, syllables
from storage import care, deliveries
from storage.care import CareCase
from storage.members import Officer
from storage.outbox import Button

SOUNDS_LIKE = 0.95
"""Similarity from which what was said is taken for 收到: recognisers write 受到 and 手到 as well."""


def take(scene: Scene, case_id: int) -> Step | None:
    """The button under an alert."""
    case, officer = care.find_case(scene.db, scene.utterance.speaker.branch_id, case_id), _officer(scene)
    return _taken(scene, case, officer) if case and officer else None


def take_by_word(scene: Scene) -> Step | None:
    """收到, or 收到三号: the case for which this officer was called; where there are several, which one is asked."""
    officer = _officer(scene)
    if officer is None or not _means_taken(scene.text):
        return None
    number = _number(scene.text)
    waiting = [case for case in care.open_cases(scene.db, scene.utterance.speaker.branch_id) if case.waits]
    called = [case for case in waiting if officer.id in deliveries.called(scene.db, case.id, case.asked_at)]
    found = [case for case in waiting if case.number == number] if number else called
    if number and not found:
        return _reply(scene, "already_taken", number=number)
    if len(found) == 1:
        return _taken(scene, found[0], officer)
    return _which(scene, found) if found else None


def false_alarm(scene: Scene, case_id: int) -> Step | None:
    """The button under the answer to 收到."""
    case, officer = care.find_case(scene.db, scene.utterance.speaker.branch_id, case_id), _officer(scene)
    if case is None or officer is None:
        return None
    return _step(scene, caring.false_alarm(case, officer, scene.desk(f"care_{case.trigger}")))


def _taken(scene: Scene, case: CareCase, officer: Officer) -> Step:
    done = caring.acknowledge(case, officer, scene.desk(f"care_{case.trigger}"))
    buttons = (Button(_words("button_false_alarm"), f"false_alarm:{case.id}"),) if done.key == "taken" else ()
    return _step(scene, done, buttons)


def _which(scene: Scene, cases: list[CareCase]) -> Step:
    """Several wait for this officer: one is not taken for another."""
    buttons = tuple(Button(_words("case_label", number=case.number, who=case.who), f"ack:{case.id}") for case in cases)
    text = _words("which_case", count=len(cases)) + "、".join(button.label for button in buttons) + "。"
    return Step(Reply(text, buttons=buttons, intent="acknowledge"), scene.talk)


def _means_taken(text: str) -> bool:
    """Whether it says nothing but that, once or in a row: 收到，我来处理; whatever else is said may be a report."""
    left = syllables(bare(re.sub(_numbered(), "", text)))
    cues = sorted((syllables(cue) for cue in words.lists("manager", "cues")["acknowledge"]), key=len, reverse=True)
    found = False
    while left:
        cue = next((cue for cue in cues if similarity(left[: len(cue)], cue) >= SOUNDS_LIKE), None)
        if cue is None:
            return False
        found, left = True, left[len(cue) :]
    return found


def _number(text: str) -> int | None:
    match = re.search(_numbered(), text)
    if match is None:
        return None
    return int(match[1]) if match[1].isdigit() else chinese_number(match[1])


def _numbered() -> str:
    """How a case's number is said, as a regular expression."""
    return words.lists("care/caring", "cues")["numbered"][0]


def _officer(scene: Scene) -> Officer | None:
    return next((each for each in scene.desk("").officers if each.id == scene.utterance.speaker.id), None)


def _reply(scene: Scene, key: str, **values: int) -> Step:
    text = words.load("care/caring", "acknowledge").say(key, **values)
    return Step(Reply(text, intent="acknowledge"), scene.talk)


def _step(scene: Scene, done: Done, buttons: tuple[Button, ...] = ()) -> Step:
    text = words.load("care/caring", "acknowledge").say(done.key, **done.words)
    return Step(Reply(text, buttons=buttons, intent="acknowledge", effects=done.effects), scene.talk)


def _words(key: str, **values: str | int) -> str:
    return words.load("care/caring", "words").say(key, **values)
