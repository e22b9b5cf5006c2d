"""What other rooms and pages ask about people."""
