"""One skill is one module and one data file of the same name, side by side."""
