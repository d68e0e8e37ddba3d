"""The conversation: a message goes to a list of answerers, each of which answers or passes.

A new answerer is a class that meets `chat.answering.Answerer` and one line in its list.
"""
