"""A list on its way in at the desk: four pages, the same for every register.

A register says what its lists hold and how they are carried out (`ListDesk`); these pages take the
file, assign its columns, try it out, mend rows, run it as a job, show its report and take it back.
"""
