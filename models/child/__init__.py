"""A model in a child process: the process, its messages, and a language model behind them."""
