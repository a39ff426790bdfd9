"""The model that understands questions: where it comes from, how it is prepared, and how it is asked."""
