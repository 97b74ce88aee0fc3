"""One audit after another: what an earlier one hands on, and what has moved since."""
