"""What computes: embedders and language models, behind the protocols of `models.protocol`.

A new runtime is a package here and one line in `secondme/runtimes/configured.py`.
"""
