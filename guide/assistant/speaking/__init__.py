"""Asking aloud: what was said becomes a question to be read and corrected. Nothing of it is kept."""
