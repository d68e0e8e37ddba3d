"""Words of texts in every language: how a text is cut, what a word index holds of it, and what a question looks for."""
