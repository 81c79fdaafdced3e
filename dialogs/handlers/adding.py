"""What is said after a report of need and tells more of it (120打了, 一个人住, 好些了) goes to those who were called.

Once 120打了 was heard as dues of 120 yuan, 一个人住，儿子在外地 as a need of its own, and 不用打120 as a second alarm.
"""

from __future__ import annotations

import re

from dialogs.acting import run
from dialogs.handlers.correcting import says_who
from dialogs.handlers.mistaken import mistaken
from dialogs.handlers.open_question import still_open
from dialogs.scene import Scene, Step
from dialogs.skill import Wish
from dialogs.understanding.answers import CONTROL, SURE_OTHER_WISH
from dialogs.understanding.features import bare
from dialogs.understanding.meaning import CARE_INTENTS, Said
from dialogs.words import lists

EMERGENCY, DEATH = "care_emergency", "care_bereavement"
ILLNESS, HARDSHIP = "care_illness", "care_hardship"
OUT_OF_SCOPE, PARTICULARS = "out_of_scope", "profile_update"
GRAVE = (EMERGENCY, DEATH)
"""What is always a report of its own."""
KINDS = ("private", "doctor")
"""Other things that are passed on, each with a list of cues of its name."""
SPEED = ("slower", "faster")
"""What 两千多块 may be taken for, but not surely."""
A_COMMAND = 6
"""Characters that 慢一点 or 找书记 has at most, where it was not surely heard."""

_CLAUSE = re.compile(r"[^，。！？；,.!?;\s]+")


def added(scene: Scene) -> Step | None:
    """Pass on what tells more of a need that was reported just before, and that somebody is well again."""
    amend = scene.talk.amend
    if amend is None or amend.intent not in CARE_INTENTS or says_who(scene) or scene.is_wordless:
        return None
    about = amend.text_slot("about")
    if about not in {each.name for each in scene.roster}:
        return None
    question = scene.talk.question
    refused = question is not None and question.optional  # 不想说 is to that question
    if kind := "" if refused else _passed_on(scene):
        return still_open(scene, run(scene, Wish(amend.intent, {"person": about, "passed_on": kind}, scene.text)))
    if not (_more_of_danger(scene) if amend.intent == EMERGENCY else _more_of_need(scene)):
        return None
    calm = {"passed_on": "well"} if amend.text_slot("kind") == "well" and scene.meaning.danger not in GRAVE else {}
    return still_open(scene, run(scene, Wish(amend.intent, {"person": about, **calm}, scene.text)))


def _passed_on(scene: Scene) -> str:
    """well (现在好些了), private (别跟别人讲) or doctor (要不要去医院); empty for something else."""
    if _well_again(scene):
        return "well"
    if scene.meaning.danger in GRAVE:  # 要不要去医院，胸口疼得喘不上气 is an alarm, whatever is asked with it
        return ""
    return next((kind for kind in KINDS if _has(kind, scene.text)), "")


def _well_again(scene: Scene) -> bool:
    """Whether it is said to be over or no matter, and nothing grave is said beside that."""
    clauses: list[str] = _CLAUSE.findall(scene.text)
    over = [each for each in clauses if _has("well_again", each)]
    wrong = [each for each in clauses if _has("told_wrong", each)]
    rest = "，".join(each for each in clauses if each not in (*over, *wrong))
    meant = scene.understand(Said(rest)) if rest else None
    if not over and meant is not None and ("person" in meant.slots or meant.doubts):
        return False  # 说错了，是林国栋在二院
    return bool(over or wrong) and not (meant and meant.danger in GRAVE)


def _has(cues: str, text: str) -> bool:
    return any(re.search(cue, bare(text)) for cue in lists("manager", "cues")[cues])


def _more_of_danger(scene: Scene) -> bool:
    """After an alarm whatever is no clear wish belongs to it, and so does a need that comes of it."""
    meaning = scene.meaning
    if meaning.danger == EMERGENCY:
        return False
    somebody_else = "person" in meaning.slots or meaning.doubts
    told = _has("more_of_it", scene.text) or (meaning.danger == ILLNESS and not somebody_else)
    unsure = meaning.unsure and meaning.intent not in CONTROL and (scene.talk.question is None or meaning.danger)
    return told or bool(unsure) or _more_of_need(scene)


def _more_of_need(scene: Scene) -> bool:
    """一个人住，儿子在外地 after an illness tells more of it; 药钱都凑不齐 is a need of its own."""
    meaning, cues, amend = scene.meaning, lists("manager", "cues"), scene.talk.amend
    if scene.talk.question is not None or meaning.danger in GRAVE or "person" in meaning.slots or meaning.doubts:
        return False
    if amend is not None and amend.intent == DEATH and _has("grief", scene.text):
        return True
    if meaning.danger == HARDSHIP or meaning.intent == HARDSHIP:
        return not any(each in scene.text for each in cues["need_of_its_own"])
    if meaning.intent == OUT_OF_SCOPE and not _has("asks", scene.text):
        return True  # 药还有，女儿买的
    if meaning.intent == PARTICULARS and not _has("particulars", scene.text):
        return True  # 住三楼, of a patient
    if mistaken(scene) or (meaning.intent == "affirm" and len(bare(scene.text)) > A_COMMAND):
        return True  # 对，就是我家那口子
    command = meaning.intent in CONTROL and meaning.intent not in SPEED
    unclear = meaning.unsure or (command and meaning.confidence < SURE_OTHER_WISH)
    return unclear and (not command or len(bare(scene.text)) > A_COMMAND)
