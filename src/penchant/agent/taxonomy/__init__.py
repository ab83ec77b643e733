"""The taxonomy of a catalogue, the same for all users: topics, subtopics and themes, and the place of each item."""
