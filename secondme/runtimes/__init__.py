"""The models of this person: which are configured, which can be chosen, what would fit, and how fast they were."""
