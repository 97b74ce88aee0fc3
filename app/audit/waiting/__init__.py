"""What it costs to wait, from the person's own figures and sourced delays."""
