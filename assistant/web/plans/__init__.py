"""Plans of the calculator: read from a link, computed, compared; pure."""
