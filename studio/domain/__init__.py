"""What things are: the nouns of the product, as frozen pydantic models. No input, no output, no Qt."""
