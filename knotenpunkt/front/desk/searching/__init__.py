"""The one search field of the desk: over people, organisations, offers, topics, pages and help."""
