"""Pages of letters and labels at the desk."""
