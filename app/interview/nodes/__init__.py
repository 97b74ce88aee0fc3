"""The steps of a turn, a verb a file. All are coroutines: a plain function would be run in a thread, which costs more than it does."""
