"""The catalogue of models and the store that they are pulled into."""
