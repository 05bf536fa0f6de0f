"""Pages of responsibilities: the finder for all, and their keeping at the desk."""
