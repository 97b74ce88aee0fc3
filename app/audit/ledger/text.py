"""What people write, as every store can keep it."""


def cleaned(text: str) -> str:
    """Return a text without what PostgreSQL, JSON or UTF-8 refuse: NUL goes, half a surrogate pair becomes the replacement character."""
    return text.replace("\0", "").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
