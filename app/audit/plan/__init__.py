"""The next ninety days: actions, who does them when, and what a person may change about it."""
