"""Hearing it: what is written is read aloud, once for each voice, and kept with its captions."""
