"""The branch log: append-only, chained by hashes, one chain a branch.

A chained row holds no personal words: they stand in `entry_content` with a salt, and the row holds their salted
hash, so that a member's words can be erased and the chain still verifies. Triggers refuse UPDATE, DELETE and
INSERT OR REPLACE; `check_guards` sees at every open that they are still there. `chain` writes and reads, `checking`
finds forgeries, `anchor` is what is kept elsewhere, `search` finds words and sounds, `erase` removes a member's words.
"""

from storage.log.anchor import Anchor, NoAnchor, anchor
from storage.log.chain import START, About, Entry, Field, append, entries, head, tail
from storage.log.checking import Fault, verify
from storage.log.erase import erase_words, settle
from storage.log.guards import GUARDS, LogDamaged, check_guards

__all__ = [
    "GUARDS",
    "START",
    "About",
    "Anchor",
    "Entry",
    "Fault",
    "Field",
    "LogDamaged",
    "NoAnchor",
    "anchor",
    "append",
    "check_guards",
    "entries",
    "erase_words",
    "head",
    "settle",
    "tail",
    "verify",
]
