"""The use cases: what can be done with an audit. Each takes a principal, asks once whether they may, and returns values.

- `interviews`: begin, reply, resume; one turn is one transaction. `transcripts`: what was said before, thumbs, names, erasing.
- `reports`: the report and its forms, its brand, its wording by a model. `plans`: trying out another plan.
- `shares`: what a link or a code opens. `operations`: what the operator sees.
- `cases`: them all, for interfaces, made of `parts`. `permitted`: the one question. `written`: a turn as it is saved.
  `running`: what goes on by itself.

What lives in this process's memory, and why another process may have other values:

- the lock that makes turns of one audit wait (`interviews`): a courtesy only; the audit's version in the database decides;
- the turns and wordings that are running (`running`): awaited at shutdown; a killed process loses the turn in flight, and a wording is
  taken up again from the outbox;
- how fast a visitor sends (`access.pace`): a visitor's socket stays with one process, so the count does too;
- that a budget's warning was given (`observability.cost`): each process warns once; the money itself is reserved in the database;
- the breaker before the language model (`llm.breaker`): each process finds out for itself that an endpoint fails;
- the names known to the tracer (`observability.tracing`): gathered anew from the audit at every turn;
- metrics (`observability.metrics`): one registry a process, summed by whoever collects them;
- outlines of reports (`reports`): a small cache by what they rest on, so it is never stale;
- Chainlit's sockets and sessions (`chat`): they are why one visitor must stay with one process (docs/operating.md).

Money is never in memory: what a call may cost is reserved in the database before it is made.
"""
