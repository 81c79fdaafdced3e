"""The Telegram channel: updates into the inbox, turns, and the outbox's messages to the members' phones."""
