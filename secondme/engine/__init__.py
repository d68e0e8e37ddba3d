"""The facade of the application and the parts it is wired from. Every door comes in here."""
