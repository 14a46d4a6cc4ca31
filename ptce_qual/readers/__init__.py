"""Reading: a file a format, speaker turns and roles, metadata and cases. Nothing is printed or raised."""

from ptce_qual.readers.corpus import IGNORED, read_corpus
from ptce_qual.readers.formats import READERS, parse_transcript, read_transcript
from ptce_qual.readers.language import guess_language
from ptce_qual.readers.roles import role_of

__all__ = ["IGNORED", "READERS", "guess_language", "parse_transcript", "read_corpus", "read_transcript", "role_of"]
