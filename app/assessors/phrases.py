"""Short phrases whose meaning needs no model: commands, yes and no, and a few unmistakable attacks."""

import re

from app.audit.ledger.assessment import Intent

_PLEASE = r"(?:please )?"
_COMMANDS: dict[Intent, tuple[str, ...]] = {
    Intent.SKIP: (r"(?:please )?(?:skip|pass|next)(?: (?:this|that|it|please|question|this (?:one|question)))*",),
    Intent.BACK: (r"(?:please )?(?:go back|back|previous(?: question)?|one back|undo)",),
    Intent.PAUSE: (
        r"(?:please )?(?:pause|break|stop for now|later|let'?s (?:pause|continue later))",
        r"(?:can we |let'?s )?(?:take|have) a break",
    ),
    Intent.FINISH: (
        r"(?:please )?(?:finish|finish now|stop|stop now|end|end (?:it|here|the interview)|i want to (?:stop|finish)(?: now| here)?)",
        r"(?:please )?(?:show|give) (?:me )?(?:the|my) report(?: now)?",
    ),
    Intent.RESTART: (r"(?:please )?(?:start (?:over|again)|restart|begin again|reset)",),
    Intent.UNKNOWN: (
        r"(?:sorry,? )?(?:i )?(?:really |honestly )?(?:do not|don'?t|dont) know",
        r"no idea|not sure|unknown|dunno|no clue|can'?t say",
    ),
    Intent.NOT_APPLICABLE: (r"n/?a|(?:that |this |it )?(?:does not|doesn'?t|doesnt) apply(?: (?:to us|here))?|not applicable",),
}
_COMMAND = {intent: re.compile(rf"(?:{'|'.join(patterns)})[.! ]*", re.IGNORECASE) for intent, patterns in _COMMANDS.items()}

_ATTACK = re.compile(
    r"\b(?:ignore|disregard|forget) (?:all |any |the |your |my |previous |prior |above |earlier )+(?:instructions?|rules?|prompts?|rubric)"
    r"|\b(?:print|show|reveal|repeat|tell me|output|leak) (?:me )?(?:your|the) (?:system )?(?:prompt|instructions|hidden|configuration)"
    r"|\b(?:set|put|make|give|change|raise|mark|rate|score)\b[^.!?]{0,40}\b(?:score|rating|us|me|everything|all|it)\b[^.!?]{0,30}"
    r"(?:\bto (?:a )?(?:100|4|max|the (?:max|top))|\bfull (?:marks|score)|\b(?:as|to) (?:proven|ready|level 4)|\ball (?:4s|fours))"
    r"|\b(?:you (?:can|could|may|should|must)|please|can you|could you)\b[^.!?]{0,20}\b(?:put|mark|tick|set|make|turn|count|treat|write)\b"
    r"[^.!?]{0,50}\b(?:yes|green|ready|passed|proven|signed off|full marks|level \d|higher|better)\b"
    r"|^\s*(?:#+\s*)?(?:system|assistant|developer)\s*:|<\/?(?:system|assistant|instructions?)>"
    r"|\byou are now\b|\bdeveloper mode\b|\bjailbreak\b",
    re.IGNORECASE | re.MULTILINE,
)
_FILLER = r"\s*(?:(?:well|oh|um+|uh|so|hm+|honestly|actually|i think|i guess|to be honest|yes well)[,.… ]+)*"
_YES = re.compile(
    _FILLER
    + r"(?:yes|yep|yeah|yup|correct|right|indeed|exactly|sure|absolutely|it (?:is|does)|we (?:do|did|have)|that'?s (?:right|fine|correct)"
    r"|true|ok(?:ay)?|fine|(?:looks |sounds |all |that'?s )?good|perfect)\b",
    re.IGNORECASE,
)
_NO = re.compile(
    _FILLER + r"(?:no|nope|not (?:yet|really|at all|that i know)|never|none|nobody|wrong"
    r"|it (?:isn'?t|doesn'?t)|we (?:don'?t|didn'?t|haven'?t))\b",
    re.IGNORECASE,
)
_NOT_APPLICABLE = re.compile(
    r"\b(?:does(?:n'?t| not)|do(?:n'?t| not)|would(?:n'?t| not)) apply\b(?! (?!to\b|for\b|here\b|with\b)\w)"
    r"|\bnot applicable\b|\bmakes? no sense (?:here|for)\b|\b(?:is|are)(?:n'?t| not) relevant\b",
    re.IGNORECASE,
)
_CORRECTING = re.compile(
    r"\b(?:correct(?:ion)?|wrong|mistake|mis(?:read|understood|spoke)|actually|scratch that|take (?:that|it|this) back|change|mixed up"
    r"|meant|not what i|i said|i told|you (?:got|have|put|wrote)|sorry|oops|instead|no longer|earlier|before|wait|revise|withdraw"
    r"|isn'?t right)\b",
    re.IGNORECASE,
)
_WHICH = (
    ("earlier", re.compile(r"\b(?:earlier|first|former|before|what i said (?:first|then))\b", re.IGNORECASE)),
    ("later", re.compile(r"\b(?:later|latter|second|now|new|last)\b", re.IGNORECASE)),
)
_FINISHING = re.compile(r"\b(?:finish|stop|end|wrap|report|enough|conclude|done for)\b", re.IGNORECASE)
_SHORT_REPLY = 8
"""Words."""
_HEDGE = re.compile(r"\b(?:but|only|partly|except|though|although|mostly|some of|sort of|kind of|almost)\b", re.IGNORECASE)


def command(text: str) -> Intent | None:
    """Return what a message wants that is nothing but a command."""
    stripped = text.strip()
    return next((intent for intent, pattern in _COMMAND.items() if pattern.fullmatch(stripped)), None)


def is_attack(text: str) -> bool:
    """Say whether a sentence tries to steer the score or the assistant in an unmistakable way."""
    return bool(_ATTACK.search(text))


def speaks_of_correcting(text: str) -> bool:
    """Say whether a text has a word by which people take something back."""
    return bool(_CORRECTING.search(text))


def says_not_applicable(text: str) -> bool:
    """Say whether a text says in so many words that something does not apply: "it doesn't apply discounts" does not."""
    return bool(_NOT_APPLICABLE.search(text))


def polarity(text: str) -> str:
    """Read a reply to a yes/no question: `yes`, `no`, `unknown` or `neither`; a yes with a but is neither."""
    if command(text) is Intent.UNKNOWN or re.match(r"\s*(?:i )?(?:don'?t|do not) know|\s*not sure|\s*no idea", text, re.IGNORECASE):
        return "unknown"
    if _HEDGE.search(text):
        return "neither"
    if _YES.match(text):
        return "yes"
    return "no" if _NO.match(text) else "neither"


def which(text: str) -> str | None:
    """Read a short reply to "which of the two holds?": `earlier`, `later` or None."""
    if len(text.split()) > _SHORT_REPLY:
        return None
    said = [name for name, pattern in _WHICH if pattern.search(text)]
    return said[0] if len(said) == 1 else None


def speaks_of_finishing(text: str) -> bool:
    """Say whether a text speaks of ending the interview: "that's all I know" does not."""
    return bool(_FINISHING.search(text))
