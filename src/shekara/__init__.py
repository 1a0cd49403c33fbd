"""shekara: an atlas that checks itself."""
