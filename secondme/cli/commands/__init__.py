"""The commands: one file for each group of them, each a thin layer over the Door.

To add a command, write it into the file of its group, or into a new file of this folder. There is no list to extend:

    from secondme.cli.root import cli
    from secondme.cli.terminal import json_option, open_engine, print_rows

    @cli.command()
    @json_option()
    def authors(as_json: bool) -> None:
        \"\"\"List the authors of your sources.\"\"\"
        print_rows(open_engine().authors(), str, as_json=as_json, empty="No source names its author.")

The docstring is the command's help. Raise a SecondMeError where it cannot go on: the root prints its sentence and
ends with its exit code. Imports that are not light belong inside the function, so that `secondme --help` stays quick.
"""
