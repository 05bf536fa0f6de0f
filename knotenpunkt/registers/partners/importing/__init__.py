"""Contact lists at the desk: what the shared pages of `tools/imports/desk` need to know of them."""
