"""Methods, programmes, modules and certificates."""
