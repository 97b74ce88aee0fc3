"""Facts about the project that a message states outright: only what a pattern finds, nothing guessed."""

import re

from app.audit.profile import Profile

_NUMBER_WORDS = {
    word: n
    for n, word in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"])
} | {
    "fifteen": 15,
    "eighteen": 18,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "hundred": 100,
}
_WORD = "|".join(_NUMBER_WORDS)
_COUNT = rf"(?:\d[\d,.]*|{_WORD})"
_MONTHS = re.compile(rf"\b({_COUNT}) months?\b(?! (?:ago|from|until|left))", re.IGNORECASE)
_SPEND = re.compile(
    r"((?:[$€£]|USD|EUR|GBP|CHF) ?\d[\d,.]*(?: ?(?:k|m|thousand|million))?\b"
    r"|\b(?:\d[\d,.]*|[a-z]+(?:-[a-z]+)?) ?(?:k|m|thousand|million)? (?:dollars|euros|pounds|francs))",
    re.IGNORECASE,
)
_TASKS = re.compile(
    r"\b(\d[\d,.]*) ?(k|thousand)? (?:[a-z-]+ ){0,2}?(?:a|per|each|every) month\b",
    re.IGNORECASE,
)
_SIZE = re.compile(
    rf"\b((?:about |around |some )?(?:\d[\d,.]*|(?:{_WORD}) (?:hundred|thousand)) (?:employees|people|staff|of us))\b", re.IGNORECASE
)
_ROLE = re.compile(
    r"\b(?:I'?m|I am|as) (?:the |a |an )?"
    r"((?:chief [a-z]+ officer|c[a-z]o|vp(?: of)? [a-z]+|head of [a-z]+(?: [a-z]+)?|[a-z]+ (?:lead|manager|director|officer)"
    r"|product owner|project manager|consultant|founder|director|engineer))\b",
    re.IGNORECASE,
)
_COMPANY = re.compile(
    r"\b(?:company is called|we are called|I work (?:for|at)|I.?m with|here at) "
    r"((?:[A-Z][\w&-]+)(?: (?:[A-Z][\w&-]+|AG|GmbH|Ltd|Inc))*)"
)
_TARGET = re.compile(
    r"\b(?:live|launch|go-live|production|ready)\b[^.!?]{0,30}?\b(?:in|by|on|before)\s((?:(?:mid|early|late|end of) )?"
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Q[1-4]"
    r"|spring|summer|autumn|winter)(?: \d{4})?)"
)
_STAGES = (
    ("live", re.compile(r"\b(?:in production|went live|is live|live since)\b", re.I)),
    ("pilot", re.compile(r"\bpilot", re.I)),
    ("prototype", re.compile(r"\b(?:prototype|proof of concept|PoC|demo)\b", re.I)),
    ("idea", re.compile(r"\b(?:idea|concept phase)\b", re.I)),
)
_PROJECT_WORDS = 14


def _number(text: str) -> float | None:
    cleaned = text.lower().replace(",", "").rstrip(".")
    if cleaned in _NUMBER_WORDS:
        return float(_NUMBER_WORDS[cleaned])
    try:
        return float(cleaned)
    except ValueError:
        return None


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    match = pattern.search(text)
    return match.group(1).strip() if match else None


def profile_of(text: str, first_sentence: str) -> Profile:
    """Extract what an opening says about the project; `first_sentence` names it when it is short enough."""
    months, tasks = _first(_MONTHS, text), _TASKS.search(text)
    per_month = _number(tasks.group(1)) if tasks else None
    if tasks and tasks.group(2) and per_month is not None:
        per_month *= 1000
    name = " ".join(first_sentence.split()).rstrip(".!")
    return Profile(
        company=_first(_COMPANY, text),
        size=_first(_SIZE, text),
        role=_first(_ROLE, text),
        project=name if 1 < len(name.split()) <= _PROJECT_WORDS else None,
        stage=next((stage for stage, pattern in _STAGES if pattern.search(text)), None),
        months_in_pilot=_number(months) if months else None,
        spend=_first(_SPEND, text),
        tasks_per_month=int(per_month) if per_month is not None else None,
        target_date=_first(_TARGET, text),
    )
