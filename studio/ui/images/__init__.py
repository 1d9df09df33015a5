"""Images on screen: decoded away from the window's thread, looked at in a viewer, taken in by drop, paste or file."""
