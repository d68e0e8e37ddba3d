"""Model servers that speak OpenAI's protocol."""
