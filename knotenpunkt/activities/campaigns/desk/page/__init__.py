"""What the desk does with the public page: look at it before it is public, and its languages."""
