"""Terminal output for people: trees, tables and bars, in English and Chinese."""
