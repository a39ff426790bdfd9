"""Being changed: another day, given back, split up and handed on, by the rules of the museum."""
