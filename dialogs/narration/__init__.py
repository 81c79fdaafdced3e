"""Documents by ear: cleaning, chapters, summary."""
