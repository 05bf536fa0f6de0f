"""Pages of audiences and circulars at the desk."""
