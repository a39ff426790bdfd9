"""How the tables and weights that ship with the assistant were made; each program reads its texts from a folder."""
