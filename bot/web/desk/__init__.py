"""The secretary's desk: one file a group of pages; `room.py` holds what every page and every button passes through."""
