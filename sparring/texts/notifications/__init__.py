"""What people are told about their own words."""
