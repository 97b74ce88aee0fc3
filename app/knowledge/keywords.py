"""Words: which passages share rare words with a query (BM25), and which glossary term a query asks about."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

_WORD = re.compile(r"[a-z0-9]+")
_COMMON = """
a about actually all am an and any are as at be been being but by can could did do does explain few for from get go got
had has have having he how i if in into is it its just like ll m many may me mean meaning means might more most much
must my need no not of on one or other our please re really s shall she should so some such t tell than that the their
them then there these they this those to us use ve very was we were what whats when where which who whom whose why will
with would you your
"""
_STOP = frozenset(_COMMON.split())
_ASKS_FOR_TERM = re.compile(
    r"\b(?:what(?:['’]?s| is| are| does| do you mean by)|who are|explain|define|definition of|meaning of) (?:an? |the )?"
)
_ENDINGS = (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("s", ""))
SHORTEST_STEM = 3


def words(text: str) -> list[str]:
    """Return a text's words in order, without the commonest, each cut to its stem: `pipelines` → `pipelin`."""
    return [_stem(word) for word in _WORD.findall(text.lower()) if word not in _STOP]


def _stem(word: str) -> str:
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and not word.endswith("ss") and len(word) - len(ending) >= SHORTEST_STEM:
            word = word.removesuffix(ending) + instead
            break
    return word.removesuffix("e") if len(word) > SHORTEST_STEM + 1 else word


class Keywords:
    """BM25 over the passages, and how much of a query a passage covers."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        """Index texts by id."""
        import bm25s

        self._ids = list(texts)
        self._words = {i: frozenset(words(text)) for i, text in texts.items()}
        counts = Counter(word for found in self._words.values() for word in found)
        self._rarity = {word: self._weight(count) for word, count in counts.items()}
        self._bm25 = bm25s.BM25()
        self._bm25.index([words(text) for text in texts.values()], show_progress=False)

    def _weight(self, count: int) -> float:
        return math.log(1 + (len(self._ids) - count + 0.5) / (count + 0.5))

    def ranked(self, query: str) -> list[str]:
        """Return the ids that share a word with the query, best first."""
        known = [word for word in words(query) if word in self._rarity]
        if not known:
            return []
        scores = self._bm25.get_scores(known)
        return [self._ids[n] for n in scores.argsort()[::-1] if scores[n] > 0]

    def coverage(self, query: str, passage_id: str) -> float:
        """Return the share, 0 to 1, of the query's words that a passage holds, rare ones counting more; a single word is no evidence."""
        asked = set(words(query))
        shared = asked & self._words[passage_id]
        if len(shared) < 2:
            return 0.0
        unknown = self._weight(0)
        return sum(self._rarity[word] for word in shared) / sum(self._rarity.get(word, unknown) for word in asked)


class Terms:
    """The glossary's terms, to tell a question for a term from one that merely uses it."""

    def __init__(self, headings: Mapping[str, str]) -> None:
        """Take each passage id's heading; `Masking and anonymisation` are two terms."""
        self._terms = {i: [tuple(words(name)) for name in (heading, *heading.split(" and "))] for i, heading in headings.items()}

    def asked(self, query: str) -> str | None:
        """Return the id of the term whose meaning a query asks for: `What is a DPIA?`, `define SLO`, `kill switch`."""
        heads = [words(query)] + [_up_to_stop(query[found.end() :]) for found in _ASKS_FOR_TERM.finditer(query.lower())]
        return next((i for head in heads for i, names in self._terms.items() if head and tuple(head) in names), None)


def _up_to_stop(text: str) -> Sequence[str]:
    """Return the words before the first very common one or the first punctuation: the thing that is asked about."""
    head = []
    for word in re.split(r"[\s/-]+", re.split(r"[^\w\s/-]", text.lower())[0].strip()):
        if word in _STOP:
            break
        head.append(word)
    return words(" ".join(head))
