"""What people are told about beliefs and actions."""
