"""Facts about the project that a message states outright: only what a pattern finds, nothing guessed."""

import re

from app.audit.ledger.profile import Profile
from app.audit.numbers import NUMBER_WORDS, WORD

_COUNT = rf"(?:\d[\d,.]*|{WORD})"
_MONTHS = re.compile(rf"\b({_COUNT}) months?\b(?! (?:ago|from|until|left))", re.IGNORECASE)
_SPEND = re.compile(
    r"((?:[$€£]|USD|EUR|GBP|CHF) ?\d[\d,.'’]*(?: ?(?:k|m|thousand|million))?\b"
    r"|\b(?:\d[\d,.'’]*|[a-z]+(?:-[a-z]+)?) ?(?:k|m|thousand|million)? (?:dollars|euros|pounds|francs))",
    re.IGNORECASE,
)
_RATE = re.compile(
    r" ?(?:(?:a|an|per|each|every) )(?:hour|day|week|month|quarter|year)\b|/ ?(?:h|hour|day|week|month|year)\b", re.IGNORECASE
)
_SUM = (
    r"((?:[$€£]|USD|EUR|GBP|CHF) ?\d(?:[\d,.']*\d)?(?: ?(?:k|m|thousand|million)\b)?"
    rf"|(?:\d(?:[\d,.']*\d)?|{WORD}) ?(?:(?:k|m|thousand|million) )?"
    r"(?:dollars?\b|euros?\b|pounds?\b|francs?\b|USD\b|EUR\b|GBP\b|CHF\b|[€£]))"
)
_ABOUT = r"(?:about |around |roughly |some |nearly |approximately |up to )?"
_NOT_A_TASK = (
    r"(?:\w+ )?(?:users?|seats?|licen[cs]es?|employees?|people|persons?|hours?|days?|weeks?|months?|quarters?|years?|tokens?|prompts?|runs?"
    r"|servers?|gpus?|developers?|engineers?|consultants?|api \w+|llm \w+|model \w+|ai \w+|agents?)\b"
)
_VALUES = (
    re.compile(
        rf"\b(?:each|every|one|per) (?!{_NOT_A_TASK})[a-z-]+(?: [a-z-]+)?"
        r" (?:costs?|is worth|saves?|brings?(?: in)?)(?: us| them| the \w+)?"
        rf" {_ABOUT}{_SUM}(?! million| thousand)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?<!not )(?<!never )(?:worth|saves?|saving|value of)(?: us)? {_ABOUT}{_SUM},? (?:per|an?|each|every|for each|for every)"
        rf" (?!{_NOT_A_TASK})[a-z]",
        re.IGNORECASE,
    ),
    re.compile(rf"\beach worth {_ABOUT}{_SUM}", re.IGNORECASE),
    re.compile(rf"\bworth {_ABOUT}{_SUM} (?:each|apiece)\b(?! (?:month|year|week|day))", re.IGNORECASE),
)
_SPENT_BEFORE = re.compile(
    r"\b(?:spent|spend(?:ing)?|costs?|costing|invested|investment|paid|put|burn(?:ed|t)?|went into|bill|price|money)\b[^.!?]{0,40}$",
    re.IGNORECASE,
)
_SPENT_AFTER = re.compile(
    r"^[^.!?]{0,30}?\b(?:so far|spent|to date|until now|up to now|gone|invested|already|in total|down)\b", re.IGNORECASE
)
_NOT_SPENT = re.compile(r"\b(?:budget|saves?|saving|worth|revenue|turnover|earns?|value)\b[^.!?]{0,30}$", re.IGNORECASE)
_DOUBTED = re.compile(r"\b(?:not|never|no|nobody|n.t|if|whether)\b[^.!?;,]*$|\?", re.IGNORECASE)
_TASKS = re.compile(
    r"\b(\d[\d,.]*) ?(k|thousand)? (?:[a-z-]+ ){0,2}?(?:a|per|each|every) month\b",
    re.IGNORECASE,
)
_SIZE = re.compile(
    rf"\b((?:about |around |some )?(?:\d[\d,.]*|(?:{WORD}) (?:hundred|thousand)) (?:employees|people|staff|of us))\b", re.IGNORECASE
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
_THING = r"(?:agent|assistant|bot|chatbot|copilot|classifier|recommender|summari[sz]er|translator|helper)"
_WORD = r"(?:(?!(?:an?|the|our|my|this|that|its?|it's|is|was|are|has|have|had|i|we|you|they|and|or|to|for|with)\b)[a-z][\w-]* )"
_DOES = r"(?: [^\s.,;:!?()]+){1,11}"
_PROJECTS = (
    # "an assistant (on three wards) that drafts the handover", "a help desk agent for students"
    re.compile(
        rf"(?:\b(?:an?|the|our|my|this) |(?:^|[.!?]\s+))({_WORD}{{0,3}}?{_THING})(?: (?:in|on|at|with)(?: \w+){{1,3}}?)??"
        rf"((?: (?:that|which|for)){_DOES})",
        re.IGNORECASE,
    ),
    # "The agent reads order mails"
    re.compile(
        rf"\b(?:the|our|my|this) ({_WORD}{{0,3}}?{_THING})((?! (?:is|was|has|does|needs|runs|works) ) [a-z]+s{_DOES})",
        re.IGNORECASE,
    ),
    # "Parcel bot."
    re.compile(rf"(?:\b(?:an?|our) |(?:^|[.!?]\s+))({_WORD}{{1,3}}?{_THING})()\b", re.IGNORECASE),
)
_DANGLING = re.compile(r"(?: (?:an?|the|our|their|its|of|and|or|for|to|in|on|with|by|from|at|that|which))+$", re.IGNORECASE)


def _number(text: str) -> float | None:
    cleaned = text.lower().replace(",", "").rstrip(".")
    if cleaned in NUMBER_WORDS:
        return float(NUMBER_WORDS[cleaned])
    try:
        return float(cleaned)
    except ValueError:
        return None


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    match = pattern.search(text)
    return match.group(1).strip() if match else None


def _value_per_task(text: str) -> re.Match[str] | None:
    """Find what one task is worth; a denial, a condition and a question state nothing."""
    for match in (match for pattern in _VALUES for match in pattern.finditer(text)):
        before = text[: match.start() + 1]
        sentence_end = re.search(r"[.!?](?:\s|$)", text[match.end() :])
        asked = sentence_end is not None and sentence_end[0].startswith("?")
        if not asked and not _DOUBTED.search(re.split(r"[.!?;]\s", before)[-1]) and not _RATE.match(text, match.end(1)):
            return match
    return None


def _spend(text: str) -> str | None:
    """Find what was spent: the first sum that is said to be spent, and is no rate over time, no budget and no gain."""
    sums = (found for found in _SPEND.finditer(text) if not _RATE.match(text, found.end()))
    said = (found for found in sums if _SPENT_BEFORE.search(text[: found.start()]) or _SPENT_AFTER.search(text[found.end() :]))
    return next((found[1].strip() for found in said if not _NOT_SPENT.search(text[: found.start()])), None)


def _project(text: str) -> str | None:
    """Find what the project is called or does: "Assistant that drafts the handover"; nothing where the words name no such thing."""
    for form, pattern in enumerate(_PROJECTS):
        if match := pattern.search(" ".join(text.split())):
            name = _DANGLING.sub("", f"{match[1]}{' that' if form == 1 else ''}{match[2]}")
            return name[:1].upper() + name[1:]
    return None


def profile_of(text: str) -> Profile:
    """Extract what an opening says about the project."""
    months, tasks = _first(_MONTHS, text), _TASKS.search(text)
    per_month = _number(tasks.group(1)) if tasks else None
    if tasks and tasks.group(2) and per_month is not None:
        per_month *= 1000
    value = _value_per_task(text)
    without_value = f"{text[: value.start(1)]}{text[value.end(1) :]}" if value else text
    return Profile(
        company=_first(_COMPANY, text),
        size=_first(_SIZE, text),
        role=_first(_ROLE, text),
        project=_project(text),
        stage=next((stage for stage, pattern in _STAGES if pattern.search(text)), None),
        months_in_pilot=_number(months) if months else None,
        spend=_spend(without_value),
        tasks_per_month=int(per_month) if per_month is not None else None,
        value_per_task=value[1].strip() if value else None,
        target_date=_first(_TARGET, text),
    )
