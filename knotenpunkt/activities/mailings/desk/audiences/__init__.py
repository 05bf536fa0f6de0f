"""Pages of audiences at the desk."""
