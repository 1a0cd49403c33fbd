"""The local page that follows an atlas."""
