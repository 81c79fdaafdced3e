"""What is said after an alarm and tells more of it: 120打了, 在家里, 儿子来了. It goes to those who were called.

Once 120打了 was heard as dues of 120 yuan, and 在家里 as the wish to study at home.
"""

from __future__ import annotations

import re

from dialogs.acting import run
from dialogs.handlers.correcting import says_who
from dialogs.handlers.open_question import still_open
from dialogs.scene import Scene, Step
from dialogs.skill import Wish
from dialogs.understanding.answers import CONTROL
from dialogs.understanding.features import bare
from dialogs.words import lists

EMERGENCY = "care_emergency"


def added(scene: Scene) -> Step | None:
    """Pass on what tells more of an emergency that was reported just before."""
    amend, meaning = scene.talk.amend, scene.meaning
    about = amend.text_slot("about") if amend is not None and amend.intent == EMERGENCY else ""
    if about not in {each.name for each in scene.roster} or says_who(scene) or scene.is_wordless:
        return None
    told = any(re.search(cue, bare(scene.text)) for cue in lists("manager", "cues")["more_of_it"])
    unsure = meaning.unsure and meaning.intent not in CONTROL and (scene.talk.question is None or meaning.danger)
    if meaning.danger == EMERGENCY or not (told or unsure):
        return None
    return still_open(scene, run(scene, Wish(EMERGENCY, {"person": about}, scene.text)))
