"""What can go wrong with the embedded encoder."""


class EncoderError(Exception):
    """The encoder's files are missing, changed or unreadable; the message says which and what to do."""
