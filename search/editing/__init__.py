"""What editors teach search: its rules and its way into use."""
