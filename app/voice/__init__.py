"""How the assistant words what it says, where a model does; what it may say is decided in `audit.speech`."""
