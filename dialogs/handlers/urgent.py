"""A need in what was said, whatever else was said with it: acted on first, then the rest."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from dialogs.acting import run
from dialogs.care import in_need
from dialogs.care.known_case import of_known_case, tells_no_visit
from dialogs.handlers.correcting import says_who
from dialogs.handlers.denying import denied
from dialogs.handlers.instead import in_own_words
from dialogs.handlers.open_question import joined, still_open
from dialogs.scene import Scene, Step, wish_of
from dialogs.skill import Wish, with_slots
from dialogs.understanding.meaning import CARE_INTENTS, Said, Understanding
from dialogs.understanding.names import find_people
from dialogs.understanding.wishes import split_wishes
from dialogs.words import lists

EMERGENCY = "care_emergency"
QUESTIONS = ("query_attendance", "query_care", "query_dues", "query_log")
DECIDES = ("approve", "reject")
JUST_BEFORE = timedelta(minutes=2)
"""After so long 他 is no longer whoever was named in the words before."""
MAKES = "session_create"
"""A session at the very time of the first wish is the one that is spoken of: 昨天下午的学习，来的有…，还有我."""


def danger(scene: Scene) -> Step | None:
    """Danger first: it is acted on before anything is asked, and a second wish in the same breath after it."""
    meaning = scene.meaning
    if meaning.danger is None:
        return _cry_before_another_wish(scene)
    if _naming_somebody(scene) or says_who(scene) or of_known_case(scene):
        return None
    need = meaning if meaning.intent == meaning.danger else scene.as_meant(meaning.text, meaning.danger)
    one, *others = _each(_about_whom(scene, wish_of(need)))
    first = run(scene, one)
    own = (
        meaning.intent not in CARE_INTENTS
        and meaning.intent in scene.skills
        and not meaning.unsure
        and not tells_no_visit(meaning)
    )
    if (answered_wish := (_waiting_for_this(scene) if own else None) or _put_right(scene)) is not None:
        return joined(first, run(replace(scene, talk=replace(first.talk, parked=scene.talk.parked)), answered_wish))
    wishes = (*others, *([wish_of(meaning)] if own else []), *further(scene))
    return still_open(scene, replace(first, talk=replace(first.talk, later=wishes)))


def _cry_before_another_wish(scene: Scene) -> Step | None:
    """楼上老张摔了，还有我党费交了没有: a plain question after it silences no cry for help."""
    found = re.search(lists("manager", "cues")["besides"][0], scene.text)
    if found is None or scene.role != "member":
        return None
    before, after = Said(scene.text[: found.start()]), scene.understand(Said(scene.text[found.end() :]))
    if scene.understand(before).danger != EMERGENCY:
        return None
    alone = replace(scene, utterance=replace(scene.utterance, said=before))
    first = run(alone, _about_whom(alone, wish_of(scene.as_meant(before.text, EMERGENCY))))
    own = after.intent in scene.skills and after.intent not in CARE_INTENTS and not after.unsure
    return still_open(scene, replace(first, talk=replace(first.talk, later=(wish_of(after),) if own else ())))


def further(scene: Scene) -> list[Wish]:
    """The other wishes of the sentence, each with the slots of its own part."""
    parts = [scene.understand(Said(part)) for part in split_wishes(scene.text)] if scene.meaning.also else []
    wishes = [wish_of(_own(scene, intent, parts)) for intent in scene.meaning.also if intent in scene.skills]
    return [each for each in wishes if not _the_same(each, scene.meaning)]


def _the_same(other: Wish, meaning: Understanding) -> bool:
    """Whether it is the first wish heard twice: a session at that very time, a decision where one is asked about."""
    if other.intent == MAKES:
        return other.slots.get("when") == meaning.slots.get("when")
    return meaning.intent in QUESTIONS and other.intent in DECIDES


def _own(scene: Scene, intent: str, parts: list[Understanding]) -> Understanding:
    return next((part for part in parts if part.intent == intent), None) or scene.as_meant(scene.text, intent)


def _about_whom(scene: Scene, wish: Wish) -> Wish:
    """在人民医院 after 刘德福住院了 is about him, unless somebody is named or the speaker names themselves."""
    about = scene.talk.amend.slots.get("about") if scene.talk.amend else _spoken_of(scene)
    myself = any(each in wish.text for each in lists("manager", "cues")["myself"])
    named = "person" in wish.slots or wish.doubts or myself or in_need.stranger(wish)
    return wish if about is None or named else with_slots(wish, {"person": about})


def _spoken_of(scene: Scene) -> str | None:
    """听说他住院了, just after 老刘身体咋样了: whoever was named in what was said before, where it was one."""
    talk, now = scene.talk, scene.utterance.now
    if (
        talk.at is None
        or now - talk.at > JUST_BEFORE
        or not any(each in scene.text for each in lists("manager", "cues")["he"])
    ):
        return None
    people = find_people(talk.said, (), scene.roster, scene.profile.region)
    return people[0].person.name if len(people) == 1 and not people[0].rivals else None


def _each(wish: Wish) -> list[Wish]:
    """国栋和玉莲都病了 are two in need, each with a case."""
    names = wish.slots.get("person")
    return [with_slots(wish, {"person": name}) for name in names] if isinstance(names, tuple) and names else [wish]


def _put_right(scene: Scene) -> Wish | None:
    """不对，是老伴住院花了钱 to a read-back: a human is told, and the reason is read back anew."""
    question = scene.talk.question
    right, named = denied(scene.text)
    if question is None or question.slot or not named:
        return None
    anew = in_own_words(scene, question.wish, right)
    return with_slots(question.wish, anew) if anew else None


def _naming_somebody(scene: Scene) -> bool:
    """The answer to who is meant is not a new report: a bare name, pressed, was once heard as a death."""
    question = scene.talk.question
    if question is None:
        return False
    asked = question.wish.intent in CARE_INTENTS and question.slot == "person"
    return asked or any(scene.text == option.label for option in question.options)


def _waiting_for_this(scene: Scene) -> Wish | None:
    """老伴住院了 may be the answer to why: then the wish that waits for it goes on, with all that was said before."""
    question, meaning = scene.talk.question, scene.meaning
    if question is None or question.wish.intent != meaning.intent or question.slot not in meaning.slots:
        return None
    if meaning.danger == EMERGENCY:  # a cry for help is no opinion and no skill; the question is asked again
        return None
    # Where any words will do, all of them are the answer.
    return with_slots(question.wish, {question.slot: scene.text} if question.optional else meaning.slots)
