"""The steps of a turn, a verb a file. All are coroutines: LangGraph would run a plain function in a thread, which costs more than it does."""
