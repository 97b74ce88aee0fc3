"""Words: which passages share rare words with a query (BM25), and which glossary term a query asks about."""

import math
import re
from collections import Counter
from collections.abc import Container, Mapping, Sequence

import bm25s
from bm25s.stopwords import STOPWORDS_EN
from Stemmer import Stemmer

_WORD = re.compile(r"[a-z0-9]+")
_ASKING = """
about actually all am any been being can could did do does explain few from get go got had has have having he how i
its just like ll m many may me mean meaning means might more most much must my need one other our please re really s
shall she should so some t tell than them those us use ve very we were what whats when where which who whom whose why
would you your
"""
_EMPTY = frozenset((*STOPWORDS_EN, *_ASKING.split()))
"""Words that people ask with and that say nothing of what about: no evidence that a passage has the answer."""
_ASKS_FOR_TERM = re.compile(
    r"\b(?:what(?:['’]?s| is| are| does| do you mean by)|who are|explain|define|definition of|meaning of) (?:an? |the )?"
)


def words(text: str) -> list[str]:
    """Return a text's words in order, without those that carry nothing, each cut to its stem: `pipelines` → `pipelin`."""
    return _stems(text, _EMPTY)


def _stems(text: str, without: Container[str]) -> list[str]:
    told = [word for word in _WORD.findall(text.lower()) if word not in without]
    stems: list[str] = Stemmer("english").stemWords(told)  # one of its own each time: a stemmer is for one thread, and cheap
    return stems


class Keywords:
    """BM25 over the passages, and how much of a query a passage covers."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        """Index texts by id."""
        self._ids = list(texts)
        self._words = {i: frozenset(words(text)) for i, text in texts.items()}
        counts = Counter(word for found in self._words.values() for word in found)
        self._rarity = {word: self._weight(count) for word, count in counts.items()}
        self._bm25 = bm25s.BM25()
        ranked = [_stems(text, STOPWORDS_EN) for text in texts.values()]
        self._ranked = frozenset(word for text in ranked for word in text)
        self._bm25.index(ranked, show_progress=False)

    def _weight(self, count: int) -> float:
        return math.log(1 + (len(self._ids) - count + 0.5) / (count + 0.5))

    def ranked(self, query: str) -> list[str]:
        """Return the ids that share a word with the query, best first."""
        known = [word for word in _stems(query, STOPWORDS_EN) if word in self._ranked]
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
        if word in _EMPTY:
            break
        head.append(word)
    return words(" ".join(head))
