"""`python -m evals.train.vectors`: embed the playbook with the shipped encoder and keep its vectors; `make vectors`."""

from pathlib import Path

from app.encoder.model import Encoder
from app.knowledge.load import FOLDER, load_knowledge
from app.knowledge.playbook import searched_texts
from app.knowledge.vectors import FILE, key_of, write_vectors


def keep_vectors(encoder: Encoder, folder: Path) -> int:
    """Write the vectors of one language's playbook into its folder; return how many."""
    (folder / FILE).unlink(missing_ok=True)
    knowledge = load_knowledge(folder)
    texts = sorted(set(searched_texts(knowledge.passages, knowledge.questions).values()))
    vectors = encoder.embed(texts)
    write_vectors(folder / FILE, {key_of(encoder.fingerprint, text): vector for text, vector in zip(texts, vectors, strict=True)})
    return len(texts)


if __name__ == "__main__":
    print(f"{keep_vectors(Encoder.load(), FOLDER)} vectors")
