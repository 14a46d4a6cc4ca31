"""Words in their texts: concordances, a file a computation."""
