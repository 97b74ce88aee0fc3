"""One measurement a file: each returns a Result."""
