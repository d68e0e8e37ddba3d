"""The app's screens: each one is a page or a dialog, with its style sheet beside it."""
