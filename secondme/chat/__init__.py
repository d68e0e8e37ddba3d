"""The conversation: a message goes to a list of answerers, each of which answers or passes.

To add an answerer, see `secondme.chat.answering.Answerer`.
"""
