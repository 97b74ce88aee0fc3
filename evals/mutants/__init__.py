"""Mutants of the domain and the interview, and whether the fast tests notice them."""
