"""What shekara promises, room by room; see README.md."""
