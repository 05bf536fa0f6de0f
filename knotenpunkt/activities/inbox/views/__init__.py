"""HTTP of the inbox: what families see, and what the desk sees."""
