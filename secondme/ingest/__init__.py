"""Documents become spans in the store, with secrets masked: files, notes, chat turns."""
