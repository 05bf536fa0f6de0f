"""One row of a contact list as plain values, before anything is looked up or written."""
