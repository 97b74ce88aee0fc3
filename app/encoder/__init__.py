"""The embedded model: sentence vectors, the reading of answers and of messages; no network, no key.

model.py      the Encoder: embed, read, read_sentence
reading.py    what reading one answer, and one sentence, gives
weights.py    finds the files and proves that they are the ones that were measured
sentences.py  a text → its sentences as verbatim spans
weights/      ONNX files in int8, tokenizer, manifest, model card, licence
"""

from app.encoder.model import Encoder
from app.encoder.reading import Reading, SentenceReading
from app.encoder.sentences import SentenceSpan, sentences
from app.errors import EncoderError

__all__ = ["Encoder", "EncoderError", "Reading", "SentenceReading", "SentenceSpan", "sentences"]
