"""Datenschutz at the desk: what is stored about somebody, who sees it, handing out, erasing.

A *subject* is somebody whose data the page is about, a *receipt* the record of an erasure. Only
those who coordinate the network come here.
"""
