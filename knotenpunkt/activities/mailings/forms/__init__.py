"""Forms of audiences and circulars."""
