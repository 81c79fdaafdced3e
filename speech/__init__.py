"""Hearing and speaking; knows nothing of the project."""
