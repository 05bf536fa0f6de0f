"""PDFs that everybody can read, by ear too: typeset with typst, tagged as PDF/UA-1 asks for.

A *template* is a `.typ` file in the `documents/` of an app; `documents/house.typ` here gives all of
them their head, fonts, colours and page numbers. Every app makes its papers with it.
"""
