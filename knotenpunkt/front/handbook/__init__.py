"""The handbook at the desk, opened where it helps.

A *chapter* explains one page of the desk in plain German with pictures of the running product.
Everybody who works at the desk reads it.
"""
