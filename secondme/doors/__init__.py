"""What other programs connect to: the Model Context Protocol, an OpenAI-compatible server, and their configuration."""
