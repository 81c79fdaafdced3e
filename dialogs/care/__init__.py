"""Nobody who calls for help is forgotten: reports, the ladder, visits, and keeping in touch."""
