"""Ways to read a message; all propose, none decides."""
