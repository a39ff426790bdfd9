"""What visitors thought of it, in two taps and without a name."""
