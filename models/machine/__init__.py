"""The machine below the models: memory, processors, direct reads, files that are replaced whole, digests."""
