"""The screens: each file is a page or a dialog, with its messages and its style sheet. `tui/actions.py` opens them."""
