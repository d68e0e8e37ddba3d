"""The machine below the models: memory, direct reads, files that are replaced whole, digests."""
