"""What keeps knowledge true: where it is used, when it is read again, and one rule of approval."""
