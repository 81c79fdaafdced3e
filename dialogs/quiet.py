"""Quiet hours: at night a routine message waits for the morning. Alerts, answers and news of a case never wait."""

from __future__ import annotations

from datetime import datetime, timedelta

from storage.profiles import Profile


def not_before(profile: Profile, now: datetime) -> datetime:
    """When a routine message that is written now may go out: now, or when the quiet hours end."""
    start, end = profile.clock("quiet.from"), profile.clock("quiet.to")
    quiet = start <= now.time() or now.time() < end if start > end else start <= now.time() < end
    if not quiet:
        return now
    morning = now.replace(hour=end.hour, minute=end.minute, second=0, microsecond=0)
    return morning if morning > now else morning + timedelta(days=1)
