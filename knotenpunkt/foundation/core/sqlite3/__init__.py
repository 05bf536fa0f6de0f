"""Django's SQLite, on which those who write wait in line."""
