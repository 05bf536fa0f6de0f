"""Lists of records at the desk: columns, filters, sorting, paging, saved views, export.

A *view* is a list with its filters under a name, a *column* what one cell of each row says. Every
list page of the desk is built from it, so that who knows one knows all.
"""
