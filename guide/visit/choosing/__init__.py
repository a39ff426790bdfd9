"""How a visitor wants to read, remembered from stop to stop by their own phone."""
