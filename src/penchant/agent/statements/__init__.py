"""What people say of themselves that should hold beyond the moment: found in their messages, and kept up to date as they change."""
