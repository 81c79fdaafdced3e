"""Care counted: who was reported or visited most, in which month, more of this than of that, who never was visited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from sqlite_utils import Database

from dialogs.asking import visits_counted
from dialogs.asking.asked import Asked
from dialogs.asking.stretches import Stretch, spoken, this_year
from dialogs.asking.told import WHEN, Told, heeds, named, say, table
from dialogs.money import say_yuan
from storage.care import TRIGGERS
from storage.questions import Asker, care
from storage.questions.care import Case, Visit

SIDES = ("women", "men")
"""Whom one sets beside each other."""
Way = Callable[[Asked, Database, Asker], Told]


def counted_way(asked: Asked) -> Way | None:
    """How it is to be counted; None where the cases themselves are asked for."""
    superlative = asked.has("most", "least")
    if asked.has("which_month"):
        return by_month
    if asked.has("which_more") and len(kinds(asked)) > 1:
        return kinds_beside
    if asked.group.both:
        return women_and_men
    if asked.has("visited") and (asked.number("times") or asked.number("fewer") or asked.number("only")):
        return visits_counted.so_often
    if asked.fits("never_visited") and not kinds(asked):
        return never_visited
    return (
        most_often if superlative and (asked.has("visited", "gifts") or kinds(asked) or asked.has("reported")) else None
    )


def kinds(asked: Asked) -> tuple[str, ...]:
    """The kinds of need that the words name."""
    return tuple(trigger for trigger in TRIGGERS if asked.has(trigger))


@heeds(WHEN, "strictly_ill", *TRIGGERS, "most", "least", "gifts", "visited", "reported", "ill_now")
def most_often(asked: Asked, db: Database, asker: Asker) -> Told:
    """Who was reported, or visited, or given to, most or least in the stretch."""
    stretch = asked.stretch or this_year(asked.now)
    gifts = asked.has("gifts")
    counts: Counter[str] = Counter()
    if gifts or asked.has("visited"):
        for visit in _visits(asked, db, asker, stretch):
            counts[visit.who] += visit.gift_fen if gifts else 1
        what = "gifts" if gifts else "visits"
    else:
        counts.update(case.who for case in _cases(asked, db, asker, stretch))
        what = "reports"
    counts = Counter({who: count for who, count in counts.items() if count})
    if not counts:
        return Told(say(asked, f"none_{what}", period=spoken(stretch, asked.now)), table(asked, "most", ()))
    best = min(counts.values()) if asked.has("least") else max(counts.values())
    rows = [(who, say_yuan(count) if gifts else count) for who, count in counts.items() if count == best]
    names = tuple(str(who) for who, _ in rows)
    said = say(
        asked, f"{'least' if asked.has('least') else 'most'}_{what}", period=spoken(stretch, asked.now),
        names=named(asked, names), count=rows[0][1],
    )  # fmt: skip
    return Told(said, table(asked, "most", rows), names)


@heeds(WHEN, "strictly_ill", *TRIGGERS, "which_month", "most", "least", "gifts", "visited", "reported", "ill_now")
def by_month(asked: Asked, db: Database, asker: Asker) -> Told:
    """In which month most or fewest were reported, or visited."""
    stretch = asked.stretch or this_year(asked.now)
    visits = asked.has("visited", "gifts")
    if visits:
        days = [visit.at for visit in _visits(asked, db, asker, stretch)]
    else:
        days = [case.reported_at for case in _cases(asked, db, asker, stretch)]
    counts = Counter(day[:7] for day in days)
    what = "visits" if visits else "reports"
    if not counts:
        return Told(say(asked, f"none_{what}", period=spoken(stretch, asked.now)), table(asked, "months", ()))
    best = min(counts.values()) if asked.has("least") else max(counts.values())
    months = [month for month, count in sorted(counts.items()) if count == best]
    said = say(
        asked, f"{'least' if asked.has('least') else 'most'}_month_{what}", period=spoken(stretch, asked.now),
        months="、".join(say(asked, "month", number=int(month[5:])) for month in months), count=best,
    )  # fmt: skip
    return Told(said, table(asked, "months", sorted(counts.items())))


@heeds(WHEN, "strictly_ill", *TRIGGERS, "which_more", "compare", "reported", "ill_now", "beside")
def kinds_beside(asked: Asked, db: Database, asker: Asker) -> Told:
    """今年是生病的多还是困难的多."""
    stretch = asked.stretch or this_year(asked.now)
    cases = _within(care.cases(db, asker), stretch, asked)
    counts = [(say(asked, kind), sum(case.trigger in as_meant(kind) for case in cases)) for kind in kinds(asked)]
    lines = say(asked, "comma").join(say(asked, "kind_count", kind=kind, count=count) for kind, count in counts)
    said = say(asked, "kinds_beside", period=spoken(stretch, asked.now), kinds=lines)
    return Told(said, table(asked, "compare", counts))


@heeds(WHEN, *TRIGGERS, "which_more", "compare", "reported", "ill_now", "beside", "visited", "more_of", "each")
def women_and_men(asked: Asked, db: Database, asker: Asker) -> Told:
    """今年男同志生病的多还是女同志多: reports, or visits where those are asked about, of women and of men."""
    stretch = asked.stretch or this_year(asked.now)
    asked.sure.update(asked.group.places)
    gender = {each.name: each.gender for each in asked.roster}
    if asked.has("visited"):
        who = [visit.who for visit in _visits(asked, db, asker, stretch)]
    else:
        who = [case.who for case in _cases(asked, db, asker, stretch)]
    counts = [(say(asked, key), sum(gender.get(name) == say(asked, f"{key}_gender") for name in who)) for key in SIDES]
    lines = say(asked, "comma").join(say(asked, "kind_count", kind=side, count=count) for side, count in counts)
    said = say(asked, "kinds_beside", period=spoken(stretch, asked.now), kinds=lines)
    return Told(said, table(asked, "compare", counts))


def as_meant(kind: str) -> tuple[str, ...]:
    """Whoever fell or called for help may be ill as well."""
    return (kind, "emergency") if kind == "illness" else (kind,)


@heeds(WHEN, "never_visited", "visited", "ever")
def never_visited(asked: Asked, db: Database, asker: Asker) -> Told:
    """Who of the roster was not visited once in the stretch."""
    stretch = asked.stretch or this_year(asked.now)
    been = {visit.who for visit in care.visits(db, asker, stretch.start, stretch.end)}
    names = tuple(each.name for each in asked.roster if each.name not in been and asked.chosen(each.name))
    said = say(
        asked, "never_visited" if names else "all_visited", period=spoken(stretch, asked.now), count=len(names),
        names=named(asked, names),
    )  # fmt: skip
    return Told(said, table(asked, "names", [(name,) for name in names]), names)


def _visits(asked: Asked, db: Database, asker: Asker, stretch: Stretch) -> list[Visit]:
    wanted = kinds(asked) or TRIGGERS
    visits = care.visits(db, asker, stretch.start, stretch.end)
    return [each for each in visits if asked.chosen(each.who) and each.trigger in wanted]


def _cases(asked: Asked, db: Database, asker: Asker, stretch: Stretch) -> Sequence[Case]:
    named_ = kinds(asked)
    wanted = as_meant(named_[0]) if len(named_) == 1 else named_ or TRIGGERS
    return [case for case in _within(care.cases(db, asker), stretch, asked) if case.trigger in wanted]


def _within(cases: Sequence[Case], stretch: Stretch, asked: Asked) -> list[Case]:
    start, end = stretch.start.isoformat(), stretch.end.isoformat()
    return [case for case in cases if start <= case.reported_at <= end and asked.chosen(case.who)]
