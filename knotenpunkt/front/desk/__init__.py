"""The desk: where the members of a network work.

Its words: signing in, and Heute, the first page. It mixes registers, holds no tables and no rules;
coordinators, editors, readers and providers use it.
"""
