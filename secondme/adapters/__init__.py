"""The personal adapter: what the owner's facts become in weights, whether it helps, and how it is taken back."""
