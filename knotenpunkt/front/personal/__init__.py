""" "Was steht an?": the one personal page of a contact, behind the link in a mail.

It shows what the activities ask of its holder and needs no account. Only its buttons act.
"""
