"""What a text is made of: clean characters, sentences, words and stems, names, language, passages. Knows no memory."""
