"""What was said, how it was read, and what rules bound it: the ledger is all that a rating rests on."""
