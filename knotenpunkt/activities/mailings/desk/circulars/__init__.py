"""Pages of circulars at the desk."""
