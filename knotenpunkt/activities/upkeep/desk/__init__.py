"""Pages of upkeep at the desk, one module for each task."""
