"""What networks do with what the registers describe."""
