"""Visits counted: who was visited so many times, and who of the branch went how often."""

from __future__ import annotations

from collections import Counter

from sqlite_utils import Database

from dialogs.asking.asked import Asked
from dialogs.asking.stretches import Stretch, spoken, this_year
from dialogs.asking.told import WHEN, Told, heeds, named, say, table
from storage.care import TRIGGERS
from storage.questions import Asker, care
from storage.questions.care import Visit


@heeds(WHEN, *TRIGGERS, "visited", "times", "fewer", "only", "been")
def so_often(asked: Asked, db: Database, asker: Asker) -> Told:
    """Who was visited so many times in the stretch, fewer, or exactly so often."""
    stretch = asked.stretch or this_year(asked.now)
    counts = Counter({each.name: 0 for each in asked.roster if asked.chosen(each.name)})
    counts.update(visit.who for visit in _in(asked, db, asker, stretch))
    fewer, only, least = asked.number("fewer"), asked.number("only"), asked.number("times") or 0
    rows = [
        (who, count)
        for who, count in counts.most_common()
        if (count < fewer if fewer else count == only if only else count >= least)
    ]
    names = tuple(who for who, _ in rows)
    key = "fewer_visits_than" if fewer else "so_many_visits" if only else "visits_or_more"
    said = say(
        asked, key if names else "none_so_often", period=spoken(stretch, asked.now), times=fewer or only or least,
        count=len(names), names=named(asked, names),
    )  # fmt: skip
    return Told(said, table(asked, "most", rows), names)


@heeds(
    WHEN, "visited", "visitor", "beside", "most", "least", "which_more", "been", "visited_often", "who_went", "of_late"
)
def visitors(asked: Asked, db: Database, asker: Asker) -> Told:
    """叶金水和周敏谁走访得多: how often each of those named went, or everybody who went where nobody is named."""
    stretch = asked.stretch or this_year(asked.now)
    went = Counter(each.visitor for each in care.visits(db, asker, stretch.start, stretch.end) if each.visitor)
    named_ = [each.name for each in asked.people] or list(went)
    rows = sorted(((name, went[name]) for name in named_), key=lambda each: -each[1])
    told = "，".join(say(asked, "went", name=name, count=count) for name, count in rows)
    said = say(asked, "visitors", period=spoken(stretch, asked.now), told=told)
    return Told(said, table(asked, "most", rows), tuple(name for name, _ in rows))


def _in(asked: Asked, db: Database, asker: Asker, stretch: Stretch) -> list[Visit]:
    """The visits of a stretch to those asked about, of the kinds that were named."""
    wanted = tuple(trigger for trigger in TRIGGERS if asked.has(trigger)) or TRIGGERS
    visits = care.visits(db, asker, stretch.start, stretch.end)
    return [each for each in visits if asked.chosen(each.who) and each.trigger in wanted]
