"""Web pages for those who run the service and for each user."""
