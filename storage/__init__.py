"""Everything that is remembered, one file a subject; knows nothing of the project."""
