"""The text for the municipality's journal: made when somebody asks, copied, never kept or sent."""
