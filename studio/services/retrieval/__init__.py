"""Finding what answers a question: by words, by meaning, by names and along relations, with the reasons for each."""
