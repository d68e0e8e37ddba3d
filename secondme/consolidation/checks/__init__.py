"""The checks of the grounding gate, one kind of error in each file. `consolidation/grounding.py` lists them."""
