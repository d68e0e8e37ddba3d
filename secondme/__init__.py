"""What the application does: engine, ingestion, recall, chat, jobs, CLI. No widgets, no SQL, no model runtime."""

__version__ = "0.1.0"
