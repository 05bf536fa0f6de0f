"""Writes of upkeep, one module for each deed."""
