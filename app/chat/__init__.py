"""The chat page: the only importer of Chainlit; it turns events into messages and taps into replies."""
