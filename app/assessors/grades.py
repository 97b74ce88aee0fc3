"""How well words are founded: a document or link named, a concrete detail, or a mere claim. Decided when they are read, and then kept."""

import re

from app.audit.ledger.evidence import Grade

DETAILED_WORDS = 12
"""So many words tell how something is done, even without a figure or a name."""

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?)"
)
_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}|{_MONTH}(?: \d{{1,4}})?|\d{{4}}-\d{{2}}(?:-\d{{2}})?|\d{{1,2}}[./]\d{{1,2}}"
    r"|q[1-4]|(?:19|20)\d{2})\b"
)
_WHICH_ONE = rf"(?:,? (?:of|from|dated|by|on|in) (?:the )?{_DATE}|,? (?:no\.?|number|version|v\.?) ?\d| #\d)"
_PAPER = (
    r"(?:run-?books?|post-?mortems?|sign(?:ed)?[- ]?off (?:letter|memo|document|sheet|form)s?|design (?:doc(?:ument)?|note)s?"
    r"|data[- ]flow diagrams?|architecture diagrams?|threat models?|d\.?p\.?i\.?a|impact assessments?|statements? of work"
    r"|data processing agreements?|acceptance protocols?|(?:pen(?:etration)?[- ]?test|audit|eval(?:uation)?) reports?"
    r"|(?:meeting|board|committee|workshop|steering(?: group| committee)?) minutes)"
)
"""Papers that nobody mentions without meaning one of their own."""
_ANY_PAPER = (
    r"(?:reports?|memos?|letters?|documents?|specs?|specifications?|policy|policies|contracts?|protocols?|tickets?|pages?|minutes|records?"
    r"|plans?)"
)
"""Papers that users may write all day: here it must be said which one is meant, or that one is to look there."""
_ONE = r"(?:the|our|my|this|that|their|its|an?|see|per|in|with)"
_WORDS = r"(?: [a-z][\w-]*){0,2}?"
_PLACE = r"(?:wiki|confluence|sharepoint|notion|intranet|google docs?)"
_NAMED = re.compile(
    rf"\b{_ONE}{_WORDS} {_PAPER}\b"
    rf"|\b{_ONE}{_WORDS} {_ANY_PAPER}{_WHICH_ONE}"
    rf"|\b(?:see|per|according to) (?:the|our)(?: [a-z][\w-]*)? {_ANY_PAPER}\b(?! \w+ing\b)"
    r"|\b(?:in|per|see|by) (?:the|our|signed) minutes\b(?! (?:we|they|it|that|after|before|saved))"
    r"|\b(?:see|documented|written(?: down| up)?|described|recorded|noted|published|linked|it is|it's|that is|page)\b"
    rf"[^.!?;,]{{0,40}} (?:in|on) (?:our |the )?{_PLACE}\b"
    rf"|\bsee (?:our |the )?{_PLACE}\b"
    r"|\bi(?: have|'ve)? attached\b|\battached (?:is|are|here|below|you)\b|\b(?:see|find) (?:the )?attach(?:ed|ment)\b|\bas an attachment\b"
    r"|\b(?:see|here(?:'s| is| are)|attached|this|the|my|our)(?: \w+)? screenshots? (?:shows?|of|from|i|we|attached|below|here)\b"
    r"|\b(?:see|attached) (?:the |a |my )?screenshots?\b",
    re.IGNORECASE,
)
_NOT_THERE = re.compile(
    r"\b(?:no|not|never|without|nobody|none|nothing|lack(?:s|ing)?|missing|needs?|should|would|could|will|want|plan(?:ned)? to|going to|if)"
    r"\b|n't\b",
    re.IGNORECASE,
)
_LINK = re.compile(r"https?://\S|\bwww\.\w", re.IGNORECASE)
_FILE = re.compile(r"\b[\w-]+\.(?:pdf|docx?|xlsx?|pptx?|csv|md|ipynb|png|jpe?g|yaml|json)\b", re.IGNORECASE)
_NO_TICKET = (
    r"(?!(?:GPT|SHA|UTF|ISO|IEC|SOC|AES|RSA|TLS|SSL|HTTP|COVID|OWASP|NIST|DIN|EN|BS|PCI|FIPS|LLM|RTX|API|CPU|GPU|USB|US|EU|UK|II|III)-)"
)
_TICKET = re.compile(rf"\b{_NO_TICKET}[A-Z][A-Z0-9]+-\d+\b")
_CLAUSE = re.compile(r"[.!?;,]\s|\bbut\b", re.IGNORECASE)
_DETAIL = re.compile(r"\d|\b[A-Z][a-z]+\b.*\b(?:[A-Z][a-z]+)\b", re.DOTALL)


def graded(quote: str) -> Grade:
    """Grade a person's words."""
    if names_document(quote):
        return Grade.EVIDENCED
    if _DETAIL.search(quote) or len(quote.split()) >= DETAILED_WORDS:
        return Grade.DESCRIBED
    return Grade.CLAIMED


def names_document(quote: str) -> bool:
    """Say whether a text names a document that one could ask for: one that is missing, or that users write all day, is none."""
    if any(pattern.search(quote) for pattern in (_LINK, _FILE, _TICKET)):
        return True
    return any(not _NOT_THERE.search(f"{_CLAUSE.split(quote[: found.start()])[-1]}{found[0]}") for found in _NAMED.finditer(quote))
