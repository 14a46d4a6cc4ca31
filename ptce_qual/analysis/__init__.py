"""Everything that counts codings: each analysis a pure function that returns a `Result`."""
