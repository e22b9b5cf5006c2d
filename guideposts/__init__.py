"""A municipality's own guideposts: written by its editor, read by everybody, printed as posters."""
