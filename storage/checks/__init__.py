"""Checks: one rule of the locality applied to the branch's books, with what it rests on and what to do.

A profile holds the rules, each with document and clause or as the branch's own choice; CHECKS names for each rule that
can be applied who applies it. Where a profile has no such rule there is no check. What the books do not hold is said to
be unknown: nothing is guessed, and no member is judged.
"""

from storage.checks.applying import CARING, CHECKS, check_branch
from storage.checks.finding import Finding, State

__all__ = ["CARING", "CHECKS", "Finding", "State", "check_branch"]
