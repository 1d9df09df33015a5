"""What a user does, said as sentences: verbs (one transaction each) and conductors (async, over verbs)."""
