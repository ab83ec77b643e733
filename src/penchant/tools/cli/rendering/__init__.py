"""How results look to people: trees, tables and bars for the terminal, in English and Chinese."""
