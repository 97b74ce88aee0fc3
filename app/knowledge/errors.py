"""What can be wrong with the files under knowledge/."""


class KnowledgeError(ValueError):
    """A file under knowledge/ is missing or bad; the message names file and field."""
