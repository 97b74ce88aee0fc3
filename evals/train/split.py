"""Hold out a tenth of the labelled answers, always the same ones: `python -m evals.train.split [NEW.jsonl …]`.

Rows of NEW files are added to `evals/training/<gap>.jsonl`. Which answers of a criterion and label are held out is
decided by the SHA-256 of their texts, so that a second run moves nothing.
"""

import hashlib
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from evals.train.data import HELD_OUT, TRAINING, Row, answer_files, read_rows

SHARE = 0.1


def _digest(row: Row) -> str:
    return hashlib.sha256(row["text"].encode()).hexdigest()


def held_out(rows: list[Row]) -> set[str]:
    """Return the texts to hold out: of each criterion one in ten of every level, and of the special labels together."""
    groups: dict[tuple[str, Any], list[Row]] = defaultdict(list)
    for row in rows:
        label = row["label"] if isinstance(row["label"], int) else "special"
        groups[row["criterion"], label].append(row)
    chosen: set[str] = set()
    for group in groups.values():
        group.sort(key=_digest)
        count = max(1, round(len(group) * SHARE))
        chosen.update(row["text"] for row in group[:count])
    return chosen


def _write(path: Path, rows: list[Row]) -> None:
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_text(text, encoding="utf-8")


def main(new_files: list[str]) -> None:
    """Add the new rows, then write the training files and the held-out file."""
    held_before = read_rows(HELD_OUT)
    rows = [row for path in answer_files() for row in read_rows(path)]
    rows += [{key: row[key] for key in ("criterion", "label", "text")} for row in held_before]
    rows += [row for name in new_files for row in read_rows(Path(name))]
    unique = list({row["text"].strip(): {**row, "text": row["text"].strip()} for row in rows}.values())
    chosen = held_out(unique)
    by_gap: dict[str, list[Row]] = defaultdict(list)
    for row in unique:
        if row["text"] not in chosen:
            by_gap[row["criterion"].split(".")[0]].append(row)
    for gap, kept in by_gap.items():
        _write(TRAINING / f"{gap}.jsonl", sorted(kept, key=_order))
    out = [
        {"id": f"{row['criterion']}-{_digest(row)[:8]}", **row}
        for row in sorted((row for row in unique if row["text"] in chosen), key=_order)
    ]
    _write(HELD_OUT, out)
    print(f"{len(unique) - len(out)} answers to train on, {len(out)} held out")


def _order(row: Row) -> tuple[str, str, str]:
    return row["criterion"], str(row["label"]), _digest(row)


if __name__ == "__main__":
    main(sys.argv[1:])
