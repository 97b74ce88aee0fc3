"""How good it is: `python -m evals <suite>`; imports app and is never imported by it."""
