"""What families search, and the words by which they are understood."""
