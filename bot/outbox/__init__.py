"""Delivery: one worker takes what waits in the outbox to a channel, retries it, and marks it.

Lanes work side by side: several for the texts of alerts, one for all other texts, one for voice notes, which take
seconds to speak, and one for pictures, which have to be drawn. A text goes first and its voice note and picture follow,
so no alert waits for a voice, no broadcast holds an alert up, and an alert to a chat that does not answer does not hold
up the alert to the next officer. A picture is a row of its own: one that fails takes no words with it.

Delivery is at least once: after a crash between sending and marking, one message may come twice. Where the outcome of
a try is unknown (the connection broke after the request), an alert is sent again with the same words; any other text
is not, because its voice note says the same; only one without a voice note is sent once more. A picture is not.

`worker` decides what is tried when, `lanes` is the line in which it waits, `sending` takes it to the channel, `drawing`
makes its picture, `marking` writes down what has become of it.
"""

from bot.outbox.marking import Undeliverable
from bot.outbox.sending import Speak
from bot.outbox.worker import OutboxWorker

__all__ = ["OutboxWorker", "Speak", "Undeliverable"]
