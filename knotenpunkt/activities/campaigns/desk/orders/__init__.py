"""Orders at the desk: the list, one order, entering one, answering late ones."""
