"""Questions for many: what they ask for, and all that memory holds for it."""
