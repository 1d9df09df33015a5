"""Where things are kept: the project file, the keyring, the folders. Only services may import this room."""
