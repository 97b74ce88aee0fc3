"""How a name or a sentence begins and ends: all that the messages in `knowledge/` cannot say of the words they are given."""


def capital(text: str) -> str:
    """Begin a sentence."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """End a sentence, unless it has an end."""
    return text if text.rstrip().endswith((".", "!", "?", "…")) else f"{text.rstrip()}."


def within(name: str) -> str:
    """Write a name inside a sentence: small first letter, unless it is an abbreviation or a name like AgentOps."""
    first = name.split(" ", 1)[0]
    return name if any(letter.isupper() for letter in first[1:]) else name[:1].lower() + name[1:]
