"""Join-ins at the desk: the list, the decision about each, and those that come by telephone."""
