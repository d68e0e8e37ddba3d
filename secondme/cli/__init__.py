"""The command line: `root` finds the commands, `commands` has one file for each group of them."""
