"""A language model by an OpenAI-compatible endpoint: prompts, calls, and everything that keeps a turn from waiting for one."""
