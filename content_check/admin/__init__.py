"""What this room adds to the editors' admin."""
