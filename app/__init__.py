"""The five-gap audit. The map, from the top floor down; imports go downwards only, and `make check` proves it.

- `__main__`, `server`: the command line and the web application, started.
- `chat` · `web` · `cli`: thin interfaces; they turn events into what a person sees, and errors into words.
- `bootstrap`: the one place where parts are chosen.
- `use`: the use cases: begin, reply, report, plan, share, erase. Each takes a principal, asks access once, and returns values.
- `settings`: every setting.
- `access`: who asks, and may they? `interview`: the conversation on LangGraph. `assessors`: a message → intent, criteria, levels, quotes.
  `voice`: questions, explanations and the report's paragraphs in a model's words. `reports`: a report → an outline of blocks → page, PDF,
  Word, Excel, Markdown; JSON.
- `llm`: a language model by an OpenAI-compatible endpoint, guarded. `encoder`: the embedded model.
  `knowledge`: rubric, actions, playbook, the program's own words. `storage`: one database by one URL; an audit's row is the one truth.
- `executor`: where heavy work runs, beside the event loop. `observability`: traces, redaction, cost and budget, metrics, logs.
- `audit`: the domain, pure. `ledger` (what was said) → `score` → `waiting` (what it costs), `plan` (ninety days) → `again` (one audit
  after another) → `told` (what the report says).
- `errors`: everything that can go wrong, in one tree.

One turn, end to end: an interface → `use.interviews.take` → may they? → the audit's row is read with its version → the graph runs from
START to END → row, transcript and outbox are saved in one transaction, if the version still holds → events → what a person sees.
"""
