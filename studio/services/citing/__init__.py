"""What an answer rests on: its markers checked against what the model read, and its claims against canon."""
