"""Background work: what a job is, when it runs, and who goes first.

To add a job, see `jobs.job.Job`.
"""
