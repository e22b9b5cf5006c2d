"""What is looked at in a text before it is shared: Danish rules, shown while writing."""
