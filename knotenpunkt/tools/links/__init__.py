"""The one signed, expiring personal link of a contact.

A *link* opens the page "Was steht an?" of its *holder*; only a button there acts. There is no
second system of links.
"""
