"""One audit as its report takes it: what was said, about which project, and what the person tries out."""

from app.audit.again.snapshot import Snapshot
from app.audit.ledger.evidence import Entry
from app.audit.ledger.profile import Profile
from app.audit.model import Value
from app.audit.plan.changes import UNCHANGED, WhatIf


class CaseFile(Value):
    """All that a report needs to know of one audit."""

    audit_id: str
    profile: Profile
    ledger: tuple[Entry, ...]
    depth: str
    assessor: str
    """What read the answers, with the fingerprint of its weights."""
    what_if: WhatIf = UNCHANGED
    """Another plan, and the person's own figures for what waiting costs."""
    before: Snapshot | None = None
    """An earlier audit of the same project to compare with."""
