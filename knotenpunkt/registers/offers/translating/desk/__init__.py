"""Pages at the desk on which texts in other languages are written, checked and exchanged."""
