"""Codes that a gate can check without a network: signed by the museum, in digits that any scanner can type."""
