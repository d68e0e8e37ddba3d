"""The models of this person: which is configured, which lie on the shelf, what would fit and how fast it was."""
