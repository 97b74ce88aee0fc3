"""The domain: who said what, what it is worth, what to do about it. Pydantic only; no I/O, clock or environment."""
