"""Being let in: a ticket enters once, at any gate, also while the network is down.

A device is paired once and then has its own token. What it scans is judged by one closed list of verdicts; a scan is
known by its own id, so the same scan heard twice gets the same verdict. Without a network the device checks the
signature and its roster itself, lets people in, and tells us later; where two devices let the same ticket in, both
scans stand in the list of conflicts.
"""
