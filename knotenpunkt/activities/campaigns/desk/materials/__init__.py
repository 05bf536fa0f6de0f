"""Materials at the desk."""
