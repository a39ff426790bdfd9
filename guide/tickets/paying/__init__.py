"""Being paid: one port, an adapter for each provider, and every notice kept whatever became of it."""
