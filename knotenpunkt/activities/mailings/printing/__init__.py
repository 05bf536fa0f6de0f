"""What goes by post: letters for window envelopes, and address labels."""
