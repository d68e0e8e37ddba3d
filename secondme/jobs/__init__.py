"""Background work: what a job is, when it runs, and who goes first.

A new job is a class that meets `jobs.job.Job` and one line in `engine/job_list.py`.
"""
