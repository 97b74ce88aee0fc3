"""The report's forms: they print, they never decide."""
