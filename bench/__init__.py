"""Measurements side by side: each a command with a ratio at the end."""
