"""A roster that was kept elsewhere, read and taken over."""
