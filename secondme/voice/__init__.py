"""Writing as the owner does: lessons from own messages, the trial of what learnt them, drafts."""
