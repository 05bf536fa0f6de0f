"""One module per kind of value, each turning a raw cell into a value and remarks.

Nothing is guessed silently: whatever is changed in meaning, doubtful or lost leaves a remark.
Used by the imports of the registers.
"""
