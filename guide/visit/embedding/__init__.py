"""The museum on other people's websites: its widgets, and who may show what.

A museum names the websites that it trusts (`embeds:` in museum.yaml). They alone read its data from a page of theirs,
and they alone may show its pages in a frame; the scripts themselves are anybody's, and hold nothing of the museum's.
"""
