"""What the manager asks in turn what to make of a message: each module is one kind of thing that can be said."""
