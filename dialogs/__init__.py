"""Understanding what is said, and deciding what is answered."""
