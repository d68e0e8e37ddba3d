"""Model servers that speak the OpenAI API."""
