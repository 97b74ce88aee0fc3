"""Only English is read; everything else is told apart, and English as people type it is never refused."""

import json
from pathlib import Path

import pytest

from app.assessors.language import is_english
from app.encoder.sentences import sentences

TRAINING = Path(__file__).parents[2] / "evals" / "training"

OTHER_LANGUAGES = [
    "Wir exportieren die Daten jeden Montag von Hand nach Excel.",
    "On fait tout à la main, avec un fichier Excel.",
    "Lo hacemos todo a mano con un archivo que mandan por correo.",
    "usamos Datadog pero solo para los servidores",
    "Nessuno controlla i costi.",
    "Não sei, teria de perguntar à equipa de TI.",
    "We doen alles met de hand, met een Excelbestand van vorige week.",
    "Nie wiem, trzeba zapytać działu IT.",
    "Všechno děláme ručně z excelové tabulky.",
    "Jag vet inte, du får fråga IT.",
    "Vi gør det hele i hånden med et regneark.",
    "En tiedä, pitää kysyä tietohallinnolta.",
    "Her şeyi elle, bir Excel dosyasıyla yapıyoruz.",
    "Facem totul manual, dintr-un fișier Excel.",
    "Mindent kézzel csinálunk egy Excel-táblából.",
    "Τα κάνουμε όλα με το χέρι.",
    "Не знаю.",
    "لا أعرف",
    "אנחנו עושים הכול ביד",
    "हम सब कुछ हाथ से करते हैं।",
    "不知道，要问一下IT部门。",
    "わかりません。",
    "모르겠어요",
    "Chúng tôi làm mọi thứ bằng tay với một tệp Excel.",
    "Saya tidak tahu, harus tanya bagian IT.",
    "เราทำทุกอย่างด้วยมือ",
    "Hr. Müller macht das mit Databricks und Airflow jeden Freitag.",
]
ENGLISH = [
    "No.",
    "idk tbh",
    "n/a",
    "Langfuse",
    "Datadog, Grafana, Langfuse, Sentry",
    "bash + pg_dump + aws s3 cp, I kick it off myself",
    "nobody looks after it. the guy who built the extract left in 2022",
    "Herr Müller from the Betriebsrat signed it in May, with São Paulo and Zürich on the list.",
    "we has no budget for the tool, boss say next year maybe",
    "42",
]


def written() -> list[str]:
    """What was written for training, in English but for some attacks."""
    rows = [json.loads(line) for path in TRAINING.glob("*.jsonl") for line in path.read_text(encoding="utf-8").splitlines()]
    return [row["text"] for row in rows if "text" in row and row.get("intent") != "attack"]


@pytest.mark.parametrize("text", OTHER_LANGUAGES)
def test_another_language_is_told_apart(text: str) -> None:
    assert not is_english(text)


@pytest.mark.parametrize("text", ENGLISH)
def test_english_as_people_type_it_is_read(text: str) -> None:
    assert is_english(text)


def test_no_labelled_answer_is_taken_for_another_language() -> None:
    answers = written()
    refused = [text for text in answers if not is_english(text)]
    assert len(refused) <= len(answers) / 1000, refused


def test_hardly_a_sentence_of_them_is() -> None:
    spans = [span.text for text in written() for span in sentences(text)]
    refused = [text for text in spans if not is_english(text)]
    assert len(refused) <= len(spans) / 500, refused
