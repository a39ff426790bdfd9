"""The engines that speak, each behind the same Voice, and each in a process of its own."""
