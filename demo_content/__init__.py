"""What the product brings along and the demo shows: content as data, and its loaders."""
