"""The web page: a member's talk button, the secretary's desk, and the server that brings both."""
