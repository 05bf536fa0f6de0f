"""What the product promises to be fast and good at, each one command beside a peer."""
