"""Writes to imports: runs with their links, uploads on their way, the steps of a run."""
