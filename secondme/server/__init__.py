"""The engine as a process: its socket, its lock, the client that starts it, and the system service."""
