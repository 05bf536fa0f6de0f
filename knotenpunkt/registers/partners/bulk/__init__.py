"""What can be done to many partners at once, and taken back."""
