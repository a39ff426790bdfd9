"""A walk made for this visitor: composed from what they wish and what is known, followed stop by stop, planned anew
midway.

The address is all that is kept: what was composed stands in it as numbers of stops, so that it can be shared and works
without JavaScript; nobody is remembered.
"""
