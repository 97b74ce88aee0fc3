"""The five-gap audit. The map, from the top floor down; imports go downwards only.

- `__main__`, `server`: the command line and the web application, started.
- `chat` · `web` · `cli`: thin interfaces; they turn events into what a person sees.
- `bootstrap`: the one place where parts are chosen. `services`: them all, for interfaces. `settings`: every setting.
- `interview`: the conversation on LangGraph. `assessors`: a message → intent, criteria, levels, quotes.
  `reports`: a report → page, PDF, Word, Excel, Markdown, JSON.
  `voice`: questions, explanations and the report's paragraphs in a model's words.
- `llm`: a language model by an OpenAI-compatible endpoint, guarded. `encoder`: the embedded model.
  `knowledge`: rubric, actions, playbook. `storage`: SQLite.
- `observability`: traces, redaction, cost and budget, metrics, logs.
- `audit`: the domain. Evidence, ratings, ceilings, scores, levers, roadmap, report; pure.
"""
