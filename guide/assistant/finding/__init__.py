"""Where in the museum's own texts a question is answered, how surely, and when it is not."""
