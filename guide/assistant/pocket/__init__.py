"""The assistant in a visitor's pocket: what a phone is given so that it answers as the server does, without a network.

phrases.py  what one says: small talk, practical matters, days, lists, hinges, as the server knows them
packing.py  a museum in one language, its facts, its calendar and our few sentences, as one file
keeping.py  the file of an edition is made once, and kept
"""
