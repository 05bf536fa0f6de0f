"""Pages of the library: what everybody may read, what members use, what the coordination keeps."""
