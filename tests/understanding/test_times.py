"""Spoken times: the tables of wordings, what is measured on the reference lists, and what holds for any text."""

from __future__ import annotations

import csv
import json
import tomllib
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dialogs.understanding.times import (
    as_contract,
    as_span,
    find_time,
    find_times,
    for_slot,
    readings,
    say_time,
    time_of,
)
from dialogs.understanding.times.spans import When
from tests.shared_data import shared

SUNDAY = datetime(2026, 11, 22, 9, 30)
HERE = Path(__file__).parent


def imagined() -> list:
    return [
        pytest.param(group, id=f"{name}-{group['name']}")
        for name in ("imagined", "afterthoughts", "unforeseen")
        for group in tomllib.loads((HERE / f"test_times_{name}.toml").read_text("utf-8"))["group"]
    ]


@pytest.mark.parametrize("group", imagined())
def test_wordings_mean_what_a_careful_listener_would_take_them_for(group):
    """A test for each group of rows, which names every row that is read otherwise: a row takes a third of a
    millisecond, a test of its own would take ten times that."""
    now, otherwise = datetime.fromisoformat(group["now"]), []
    for text, kind, start, end in group["cases"]:
        found = as_contract(find_time(text, now, group["prefer"]))
        wanted = (kind, start, end if kind in ("range", "period") else found["end"])
        if (found["kind"], found["start"] or "", found["end"]) != wanted:
            otherwise.append(f"{text}: {kind} {start} {end}, but was read as {found}")
    assert not otherwise, "\n".join(otherwise)


def rows(name: str) -> list[dict[str, str]]:
    with shared("datetime", name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def hint(notes: str) -> str:
    return "past" if "; past" in notes else "future" if "; future" in notes else ""


def right(row: dict[str, str], found: When) -> bool:
    if row["kind"] == "none":
        return found["kind"] == "none"
    ends = row["kind"] not in ("range", "period") or found["end"] == row["end"]
    return found["start"] == row["start"] and ends


def test_the_reference_list_is_read_exactly_and_no_day_is_wrong():
    listed = rows("dev.tsv")
    wrong_day, missed = [], []
    for row in listed:
        time = find_time(row["text"], datetime.fromisoformat(row["reference"]), hint(row["notes"]))
        found = as_contract(time)
        if not right(row, found):
            missed.append(row["text"])
            if time is not None and not time.doubt and (found["start"] or "")[:10] != (row["start"] or "")[:10]:
                wrong_day.append(row["text"])
    assert len(missed) <= 0.01 * len(listed), missed
    assert not wrong_day


def test_other_projects_sentences_are_read_as_well_as_by_their_own_parsers():
    """The start, under either hint; the best of the peers reach 0.70-0.88 and 0.62-0.94 on the two lists."""
    hits: dict[str, bool] = {}
    for row in rows("outside.tsv"):
        found = as_contract(find_time(row["text"], datetime.fromisoformat(row["reference"]), hint(row["notes"])))[
            "start"
        ]
        same = found is not None and (found == row["start"] or f"{found}T00:00" == row["start"])
        hits[row["id"][:-1]] = hits.get(row["id"][:-1], False) or same
    assert sum(hits.values()) / len(hits) > 0.83


BACKWARDS = {
    "care_illness", "care_bereavement", "dues_pay", "dues_status", "my_record", "query_attendance", "query_care",
    "query_dues", "query_log", "attendance_record", "care_done", "dues_record", "report_make",
}  # fmt: skip


def test_the_times_in_whole_utterances_fill_their_slots():
    lines = [json.loads(line) for line in shared("corpus", "dev.jsonl").read_text("utf-8").splitlines()]
    dated = [(line, slot) for line in lines for slot in ("when", "period") if slot in line["slots"]]
    missed = []
    for line, slot in dated:
        now = datetime.fromisoformat(line["reference"])
        prefer = "past" if line["intent"] in BACKWARDS else "future"
        time = for_slot(find_times(line["text"], now, prefer), slot, now, prefer)
        span = as_span(time) if time else None
        if span is None or [span.start, span.end] != [line["slots"][slot]["start"], line["slots"][slot]["end"]]:
            missed.append(line["text"])
    assert len(missed) <= 0.04 * len(dated), missed


# Any text, and text made of the words of time themselves, which is nastier.
WORDS = (
    "今明昨前后大上下这个本年月日号周天星期礼拜一二三四五六七八九十廿零两半刻点分钟时到至从和的不是对，早晚午夜里初底旬季度农历腊正闰"
    "节春秋端元旦国庆过再以之内来最近未去 0123456789:-~/.第最后每"
)
times_of_life = st.datetimes(min_value=datetime(1950, 1, 1), max_value=datetime(2080, 12, 31))
anything = st.one_of(st.text(max_size=200), st.text(alphabet=WORDS, max_size=60))


@settings(max_examples=400, deadline=None)
@given(anything, times_of_life, st.sampled_from(["future", "past", ""]))
def test_no_text_is_too_strange(text, now, prefer):
    for time in find_times(text, now, prefer):
        assert time.matched == text[time.begin : time.finish] != ""
        assert time.end is None or time.start <= time.end
        assert say_time(time, now)
        assert as_span(time).start
        assert all(say_time(time_of(span), now) for span in readings(time))
        assert time.doubt or time.other is None
        assert as_contract(time)["kind"] in ("datetime", "date", "time", "range", "period")


@pytest.mark.parametrize("piece", ["明天下午三点", "十", "前后", "十二月二十五号到", "1", "三点半到", "再过", "点"])
def test_two_thousand_characters_are_no_attack(piece):
    """Far over the limit for a worst case on a busy machine; a quadratic pattern would take minutes."""
    import time

    begun = time.process_time()
    find_times((piece * 2000)[:2000], SUNDAY)
    assert time.process_time() - begun < 2


@settings(max_examples=150, deadline=None)
@given(times_of_life, st.integers(-300, 300))
def test_what_is_read_back_is_understood_as_the_same_day(now, days):
    day = datetime.combine(now.date() + timedelta(days), datetime.min.time())
    prefer = "future" if day.replace(hour=15, minute=20) >= now else "past"
    found = find_time(say_time(day.replace(hour=15, minute=20), now), now, prefer)
    assert found is not None
    assert found.start == day.replace(hour=15, minute=20)


@settings(deadline=None)
@given(times_of_life, st.integers(0, 6), st.integers(-2, 2))
def test_weekdays_of_named_weeks_count_from_their_monday(now, weekday, weeks):
    which = {-2: "上上", -1: "上", 0: "这", 1: "下", 2: "下下"}[weeks]
    monday = now.date() - timedelta(now.weekday())
    for word in ("周", "个星期", "个礼拜"):
        found = find_time(f"{which}{word}{'一二三四五六日'[weekday]}", now)
        assert found is not None
        assert found.start.date() == monday + timedelta(weeks=weeks, days=weekday)


@settings(deadline=None)
@example(datetime(2000, 1, 1, 23, 59, 0, 1), 1)
@given(times_of_life, st.integers(1, 31))
def test_a_bare_day_number_is_the_next_or_the_last_one(now, number):
    coming = find_time(f"{number}号", now, "future")
    gone = find_time(f"{number}号", now, "past")
    assert coming is not None
    assert gone is not None
    assert gone.start.date() < now.date() <= coming.start.date()
    assert gone.start.day == coming.start.day == number


@settings(deadline=None)
@given(st.dates(min_value=date(1930, 1, 1), max_value=date(2090, 1, 1)))
def test_full_dates_are_exact_in_digits_and_in_characters(day):
    digits = "零一二三四五六七八九"
    spoken = f"{''.join(digits[int(d)] for d in str(day.year))}年{day.month}月{day.day}日"
    for text in (f"{day.year}年{day.month}月{day.day}号", spoken, day.isoformat()):
        found = find_time(text, SUNDAY)
        assert found is not None
        assert found.start.date() == day
