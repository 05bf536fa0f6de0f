"""Lists of records at the desk: columns, filters, sorting, paging, saved views, export, bulk deeds.

A *listing* declares a list, a *view* is a list with its filters under a name, a *column* what one
cell of each row says, a *bulk deed* one deed on many records that can be taken back. Every list
page of the desk is built from it, so that who knows one knows all.
"""
