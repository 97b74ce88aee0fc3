"""What can be wrong with how traces are to be sent."""


class TracingError(ValueError):
    """Traces cannot be sent as they are configured."""
