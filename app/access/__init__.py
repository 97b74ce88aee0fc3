"""Who asks, and what they may do: principals, and the one place where it is decided. Whatever is not allowed is refused."""
