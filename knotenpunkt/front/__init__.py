"""How the product is reached: public pages, desk, console command, demo."""
