"""Policy documents as files: read in a limited child, taken in, and told of."""
