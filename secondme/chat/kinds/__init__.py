"""What kind of message a person writes."""
