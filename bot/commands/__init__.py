"""The commands of `nuanyang`, one file a subject."""
