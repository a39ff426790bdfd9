"""Sen Guide: a visitor guide that a museum hosts itself.

The floor plan. A folder is a room; a file beside the rooms is part of the building. Imports run downwards only:

    cli             each command, a few lines into a room
    app, migrations furnish(settings) -> shelf; create_app(shelf); the history of the tables
    publishing      from a folder of texts to a new edition with everything derived from it
    visit           what a visitor sees: home, museum, stop, tour, search and ask pages, /q
    gate            being let in: devices, admission, roster, conflicts
    assistant       asking about it: passages, finding, answers word for word, gaps
    tickets         coming: places, orders, payments, codes, letters, ledger
    narration       hearing it: written -> spoken, voices, mastering, captions, recordings
    tours           what there is to see: shapes, sentences, editions, catalogue, calendar, finding, labels
    office          who may do what: people, roles, sign-in, audit
    web             the edge: one request one transaction, errors, headers, logs
    the building    shelf bell settings errors database storage work clock language counters outgoing mail

In a room `routes.py` is the door (the only file that knows HTTP), `tables.py` is what it stores, `pages/` what it
shows; every other file is named for the work it does. Importing `guide` does nothing.
"""
