"""Networks: the tenants of an installation, and the walls between them.

A *network* is a county's (or a state programme's) own space; a *scope* says in which one the
running code works; a query without a scope raises. Every storey above stands on it.
"""
