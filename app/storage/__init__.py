"""What is kept: one database by one URL, SQLite or PostgreSQL. It knows no type of the interview: states, messages and events are JSON.

- `audits`: the row of an audit, with state and version, is the one truth about it. A turn is saved in one transaction where the version
  still holds, with its row of the transcript and what is to be done because of it, or not at all. `records`: what goes in and comes out.
- `transcripts`: what was said, read back. `outbox`: what is to be done because of a turn. `thumbs`: what people think of a message.
- `kept`: one thing of a kind beside an audit: a try-out, a model's words, a brand.
- `spend`: money. Held before a call, counted after it; what an erased audit cost stays, without saying whose it was.
- `database`: the engine and its threads. `urls`: which databases there are. `tables`: every table. `moments`: aware datetimes, in UTC.
- `migrate`, `migrations`: from any earlier schema to this one, by one process at a time. `old_interviews`, `old_chats`: what earlier
  releases saved elsewhere, read once.

What lives in a process's memory and in no other: the queue of SQLite's writers, which are few and short (other processes are waited for
by SQLite, for `urls.BUSY_SECONDS`), and at most `database.CONNECTIONS` connections with their threads. Nothing that counts: no row is
cached, so two processes on one database never see different audits, and a killed one loses the turn it was in. A call that it was in the
middle of stays counted at the most it could cost. That the operator was warned of a budget is kept by `observability.cost.Budget`, so
each process warns once.
"""
