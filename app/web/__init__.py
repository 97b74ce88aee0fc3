"""The web's own addresses: reports, the way back to an audit, health."""
