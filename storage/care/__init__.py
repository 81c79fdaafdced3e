"""Care cases: who was reported in need, by whom, who has taken it. Visits and deliveries have files of their own.

`case` is what stands and which there are, `reporting` what was reported, `taking` how it goes on until it is closed.
"""

from storage.care.case import (
    TRIGGERS,
    CareCase,
    Closed,
    NoSuchCase,
    NotVisited,
    closed,
    find_case,
    open_case_of,
    open_cases,
    reported_by,
    the_case,
)
from storage.care.reporting import MOST_URGENT, Opened, Report, ReporterKind, assign, report, reporters, reports
from storage.care.taking import acknowledge, ask_anew, asked_by_now, close, next_step, told, visited

__all__ = [
    "MOST_URGENT",
    "TRIGGERS",
    "CareCase",
    "Closed",
    "NoSuchCase",
    "NotVisited",
    "Opened",
    "Report",
    "ReporterKind",
    "acknowledge",
    "ask_anew",
    "asked_by_now",
    "assign",
    "close",
    "closed",
    "find_case",
    "next_step",
    "open_case_of",
    "open_cases",
    "report",
    "reported_by",
    "reporters",
    "reports",
    "the_case",
    "told",
    "visited",
]
