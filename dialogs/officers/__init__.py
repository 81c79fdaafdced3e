"""What officers do for the branch besides care and sessions: decide, collect, tell everybody, keep the lists."""
