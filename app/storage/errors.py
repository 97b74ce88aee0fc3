"""What can go wrong with what is stored.

StorageError         the database cannot be opened, read, written or brought up to date
├ OvertakenError     an audit was saved by somebody else since it was loaded: its turn is to be run again
├ AuditExistsError   an audit with this id was begun already, perhaps a moment ago by another process
└ AuditGoneError     there is no such audit, or not any more
"""


class StorageError(RuntimeError):
    """The database cannot be opened, read, written or brought up to date."""


class OvertakenError(StorageError):
    """An audit was saved since it was loaded. What is stored stands; nothing of this turn was saved."""

    def __init__(self, audit_id: str, expected: int) -> None:
        super().__init__(f"audit {audit_id} is no longer at version {expected}")
        self.audit_id = audit_id
        self.expected = expected


class AuditExistsError(StorageError):
    """An audit with this id was begun already."""

    def __init__(self, audit_id: str) -> None:
        super().__init__(f"there is an audit {audit_id} already")
        self.audit_id = audit_id


class AuditGoneError(StorageError):
    """There is no such audit, or not any more: nothing can be saved of it."""

    def __init__(self, audit_id: str) -> None:
        super().__init__(f"there is no audit {audit_id} to save to")
        self.audit_id = audit_id
