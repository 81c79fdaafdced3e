"""Nobody who calls for help is forgotten: the tests of care."""
