"""All use cases, for the interfaces; `bootstrap` makes them."""

from dataclasses import dataclass

from app.audit.words import Words
from app.use.interviews import Interviews
from app.use.operations import Operations
from app.use.plans import Plans
from app.use.reports import Reports
from app.use.shares import Shares
from app.use.transcripts import Transcripts


@dataclass(frozen=True)
class UseCases:
    """What can be done with an audit, and the words to say it in."""

    words: Words
    interviews: Interviews
    transcripts: Transcripts
    reports: Reports
    plans: Plans
    shares: Shares
    operations: Operations
