"""Pages: what the service knows, for those who run it and for each user."""
