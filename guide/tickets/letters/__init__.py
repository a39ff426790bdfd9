"""What a buyer takes home: the letter, the sheet to print, and the entry for a calendar."""
