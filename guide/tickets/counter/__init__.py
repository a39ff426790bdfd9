"""The counter: cash, shifts, the till that equals the ledger, and what was sold by day, category and channel."""
