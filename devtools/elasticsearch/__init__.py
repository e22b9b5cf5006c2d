"""A real Elasticsearch for development, tests and CI."""
