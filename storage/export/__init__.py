"""The branch's books on paper: the work book and the reports, as tables that any writer can put into a file."""
