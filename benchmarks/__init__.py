"""How fast the ranking, one request and the start are, beside what else one could use."""
