"""What everyone uses; knows no domain."""
