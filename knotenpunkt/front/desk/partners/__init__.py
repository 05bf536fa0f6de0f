"""All about one partner on one page, mixed from many apps, and removing one that nobody needs."""
