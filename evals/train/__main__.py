"""`python -m evals.train --base FOLDER`: make the encoder's files anew, seeded, from the base model's package."""

import argparse
import hashlib
import random
import shutil
import tempfile
from pathlib import Path

import torch

from app.encoder import Encoder
from app.encoder.tokens import load_tokenizer
from app.encoder.weights import SHIPPED
from app.knowledge.load import load_knowledge
from evals.train import data
from evals.train.export import export, write_manifest
from evals.train.fit import fit, temperature, temperature_of_levels
from evals.train.network import Embeddings, Reader, Sentence, Trunk, load_base
from evals.train.report import Unrounded, card_of
from evals.train.retrieval import fit_sentences
from evals.train.sets import Sets, read_sets
from evals.train.vectors import keep_vectors

HERE = Path(__file__).parent


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evals.train", description=__doc__)
    parser.add_argument("--base", type=Path, required=True, help="folder with model.safetensors and tokenizer.json")
    parser.add_argument("--out", type=Path, default=SHIPPED)
    parser.add_argument("--rubric", type=Path, default=data.RUBRIC)
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def main() -> None:
    """Train, export, calibrate, measure and write the card."""
    options = _options()
    torch.set_num_threads(options.threads)
    random.seed(options.seed)
    torch.manual_seed(options.seed)
    sets = read_sets(options.rubric, options.seed)
    criteria = [*sets.questions, "none"]
    base = load_base(options.base)
    embeddings = Embeddings(base)
    reader = Reader(Trunk(base), len(data.READINGS), len(criteria), len(data.INTENTS))
    tokenizer = load_tokenizer(str(options.base / "tokenizer.json"))
    fit(embeddings, reader, tokenizer, draw=sets.draw, criteria=criteria, epochs=options.epochs, seed=options.seed)
    about = {
        "readings": list(data.READINGS),
        "criteria": criteria,
        "intents": list(data.INTENTS),
        "questions": sets.questions,
        "temperatures": {"reading": 1.0, "levels": 1.0, "criteria": 1.0, "intent": 1.0},
        "training": _training_fingerprint(options.rubric),
    }
    knowledge = load_knowledge(options.rubric.parent)
    sentence = Trunk(base)
    texts = {passage.id: passage.searched for passage in knowledge.passages}
    fit_sentences(embeddings, sentence, tokenizer, texts=texts, questions=knowledge.questions, seed=options.seed)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        shutil.copy(options.base / "tokenizer.json", folder / "tokenizer.json")
        shutil.copy(HERE / "APACHE-2.0.txt", folder / "LICENSE")
        unrounded = Unrounded(tokenizer, embeddings, Sentence(sentence).eval())
        export(embeddings, unrounded.sentence, reader, folder)
        write_manifest(folder, about)
        about["temperatures"] = _temperatures(Encoder.load(folder), sets)
        write_manifest(folder, about)
        said = {"training": about["training"], "seed": options.seed, "epochs": options.epochs}
        card = card_of(Encoder.load(folder), folder, unrounded, sets, **said)
        (folder / "CARD.md").write_text(card, encoding="utf-8")
        options.out.mkdir(parents=True, exist_ok=True)
        for file in folder.iterdir():
            shutil.copy(file, options.out / file.name)
    keep_vectors(Encoder.load(options.out), options.rubric.parent)
    print(card)


def _training_fingerprint(rubric: Path) -> str:
    """Return 12 hex digits over the training data, the questions and this code."""
    together = hashlib.sha256()
    for path in sorted([*data.TRAINING.glob("*.jsonl"), *rubric.parent.rglob("*.yaml"), *HERE.glob("*.py")]):
        together.update(path.read_bytes())
    return together.hexdigest()[:12]


def _temperatures(encoder: Encoder, sets: Sets) -> dict[str, float]:
    """Fit the temperatures on texts that were not trained on."""
    readings = [encoder.read(sets.questions[row["criterion"]], row["text"]) for row in sets.kept_rows]
    chances = [[share * r.stated for share in r.levels] + [r.unknown, r.needs_followup] for r in readings]
    messages = sets.kept_sentences()
    texts = [message.text for message in messages]
    names = [*encoder.criterion_ids, "none"]
    return {
        "reading": temperature(chances, [data.READINGS.index(str(row["label"])) for row in sets.kept_rows]),
        "levels": temperature_of_levels(
            [list(reading.levels) for reading, row in zip(readings, sets.kept_rows, strict=True) if isinstance(row["label"], int)],
            [row["label"] for row in sets.kept_rows if isinstance(row["label"], int)],
        ),
        "criteria": temperature(
            [list(encoder.read_sentence(text).criteria.values()) for text in texts],
            [names.index((message.criteria or ("none",))[0]) for message in messages],
        ),
        "intent": temperature(
            [list(encoder.read_sentence(text).intents.values()) for text in texts],
            [data.INTENTS.index(message.intent) for message in messages],
        ),
    }


if __name__ == "__main__":
    main()
