"""What exists: areas, partners, offers, pages."""
