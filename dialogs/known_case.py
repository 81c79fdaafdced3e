"""An officer who tells of a visit speaks of an illness that is known: it is no new report."""

from __future__ import annotations

from dialogs.scene import Scene
from storage import care


def of_known_case(scene: Scene) -> bool:
    """Whether an officer tells of a visit to somebody whose case is open; danger to life is heard all the same."""
    meaning = scene.meaning
    if scene.role != "secretary" or meaning.intent != "care_done" or meaning.unsure:
        return False
    if meaning.danger == "care_emergency":
        return False
    said = meaning.slots.get("person")
    named = set(said) if isinstance(said, tuple) else {said}
    open_now = {case.who for case in care.open_cases(scene.db, scene.utterance.speaker.branch_id)}
    return bool(named & open_now)
