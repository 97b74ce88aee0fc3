"""What can go wrong with what is stored."""


class StorageError(RuntimeError):
    """The database cannot be opened, read or brought up to date."""
