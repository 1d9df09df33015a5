"""What we can see of the program while it runs. Imports nothing of ours; nothing leaves the machine."""
