"""What can go wrong in a conversation, beyond what a person is told in it."""


class NoSuchAuditError(LookupError):
    """There is no audit with this id."""

    def __init__(self, audit_id: str) -> None:
        super().__init__(f"there is no audit {audit_id}")
        self.audit_id = audit_id
