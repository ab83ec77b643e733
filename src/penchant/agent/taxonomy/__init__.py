"""What the catalogue holds, read once for everyone: topics, subtopics and themes, and which items stand where."""
