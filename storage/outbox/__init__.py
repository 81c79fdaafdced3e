"""What goes out: every message and alert is a row, written in the transaction of its effect.

Alerts overtake replies, replies overtake routine. `dedupe_key` makes a row unique, so that a turn that runs twice
sends once. `row` is what a message is, `putting` writes it, `reading` finds what is due, `marking` says what has
become of it.
"""

from storage.outbox.marking import cancel_alerts, cancel_keys, fail, mend_times, retry, sent, text_sent
from storage.outbox.putting import put
from storage.outbox.reading import Part, alerted, due, for_person, held_since, last_id, message, reached
from storage.outbox.row import Button, Lane, Message

__all__ = [
    "Button",
    "Lane",
    "Message",
    "Part",
    "alerted",
    "cancel_alerts",
    "cancel_keys",
    "due",
    "fail",
    "for_person",
    "held_since",
    "last_id",
    "mend_times",
    "message",
    "put",
    "reached",
    "retry",
    "sent",
    "text_sent",
]
