"""Tickets: a place is sold once, a payment counts once, on SQLite and on PostgreSQL, under load, after kill -9.

A visitor chooses a day, a time and how many of each category. `selling` asks the edition what that costs and holds the
places in one statement; the order waits fifteen minutes for its money. `paying` hears from providers and tells
`selling/settling.py`, which issues the tickets exactly once. Every đồng that moves is a line of the `ledger`, from one
account to another, so that the whole sums to zero by its shape. `changing` gives places and money back by the museum's
rules. `counter` sells for cash, in shifts. `signing` makes the codes that a gate can check without a network, and
`letters` the mail, the PDF and the calendar file.
"""
