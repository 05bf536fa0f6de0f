"""Files that people hand in: uploaded lists, pictures.

A *stored file* lies in the database, so that one back-up, one lock and one erasure reach it, and
every machine of an installation sees it. Apps keep and drop them; who may see one, they decide.
"""
