"""Study sessions and activities: which one is meant, who has a place, who takes leave, who was there."""
