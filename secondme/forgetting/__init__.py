"""Retention over lived days, the job that lets memories fade, and what recall gives back to them."""
