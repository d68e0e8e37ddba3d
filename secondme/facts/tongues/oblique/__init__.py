"""By language, what is said in a roundabout way: "Rhubarb cake is my favourite", "my money comes from Telcora"."""
