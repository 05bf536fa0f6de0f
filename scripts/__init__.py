"""What developers and CI run: tests, translations, the machine they need."""
