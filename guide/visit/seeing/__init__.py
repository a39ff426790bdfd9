"""Seeing more: large pictures, models, views all around, films in sign language, and descriptions in words."""
