"""An officer who tells of a visit speaks of an illness that is known: it is no new report.

Only an illness or a need that stands on the list already is known. Danger to life and a death never are: 胡文斌去世了
was once taken for a visit to him.
"""

from __future__ import annotations

from dialogs.care import visit_words
from dialogs.scene import Scene
from dialogs.understanding.meaning import Understanding
from storage import care

KNOWN = {"care_illness": "illness", "care_hardship": "hardship"}
"""What an officer may be told on a visit without its being a new report, and the trigger of the case that knows it."""


def of_known_case(scene: Scene) -> bool:
    """Whether a visit is told to somebody whose open case is the very danger that is heard in the words."""
    meaning = scene.meaning
    trigger = KNOWN.get(meaning.danger or "")
    if scene.role != "secretary" or trigger is None or meaning.intent != "care_done" or tells_no_visit(meaning):
        return False
    said = meaning.slots.get("person")
    named = set(said) if isinstance(said, tuple) else {said}
    cases = care.open_cases(scene.db, scene.utterance.speaker.branch_id)
    return bool(named & {case.who for case in cases if case.trigger == trigger})


def tells_no_visit(meaning: Understanding) -> bool:
    """Whether words that sound like an officer's report of a visit speak of none."""
    return meaning.intent == "care_done" and (meaning.unsure or not visit_words.speaks_of_visit(meaning.text))
