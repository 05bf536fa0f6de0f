"""One module per file format, each turning bytes into tables; `files` chooses among them.

Words: a reading is what one file gave, a table one sheet or list, a row one record.
Used by the imports of the registers, through `files.read_file`.
"""
