"""Other tools' formats: converted at the edge."""
