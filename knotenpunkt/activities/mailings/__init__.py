"""Writing to many: audiences, circulars by mail and as letters, and what became of them.

An *audience* is a saved, living filter over partners; a *circular* is one text with merge fields
for an audience. At the moment of sending its *recipients* are fixed: by mail, by letter, or left
out with the reason. A newsletter is a circular of its own kind.
"""
