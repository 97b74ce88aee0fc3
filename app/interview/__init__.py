"""The conversation, on LangGraph: one graph run per turn."""
