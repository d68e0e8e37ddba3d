"""What computes: embedders and language models, behind the protocols of `models.protocol`.

To add a runtime, see `models.protocol.runtime.Runtime`.
"""
