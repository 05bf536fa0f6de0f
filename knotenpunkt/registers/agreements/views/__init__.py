"""Pages of agreements and of the question whether the network is complete."""
