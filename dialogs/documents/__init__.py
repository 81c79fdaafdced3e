"""Documents by ear: the shelf, one of them open, and who heard what."""
