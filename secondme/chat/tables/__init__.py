"""Questions that tables answer: their grammar, the query, the sentence."""
