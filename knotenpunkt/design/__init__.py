"""How everything looks: page skeletons, components, style sheets, icons and small scripts.

Its words: layout (a page's skeleton), component (a piece of a page), drawing (a thread that
becomes a path), icon, mark (a network's sign), accent (a network's colour).
Every other app builds its pages from these templates; this app knows none of them.
"""
