"""What is taken out of traces, and what ordinary answers keep."""

import random
import time
from uuid import UUID

import pytest

from app.observability.redaction import redact_value, redacted

KEY40 = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY1"
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"

PRIVATE = [
    ("Write to anna.kowalska+ai@acme-corp.co.uk please.", "Write to [email] please."),
    ("anna (at) acme (dot) com", "[email]"),
    ("Call +44 20 7946 0958 after six.", "Call [phone] after six."),
    ("Call 0049 (0)171 123 45 67.", "Call [phone]."),
    ("My number: 020 7946 0958", "My number: [phone]"),
    ("Ring (415) 555-2671 or 415-555-2671.", "Ring [phone] or [phone]."),
    ("mobile: 601 234 567", "mobile: [phone]"),
    ("postgres://bob:hunter2@db.acme.io:5432/claims is the source", "[url] is the source"),
    ("We sit at 12 Baker Street, London NW1 6XE.", "We sit at [address]."),
    ("12 baker street", "[address]"),
    ("Hauptstrasse 5, 10115 Berlin", "[address]"),
    ("Lange Straße 12a", "[address]"),
    ("10 rue de Rivoli, 75001 Paris", "[address]"),
    ("742 Evergreen Terrace, Springfield, IL 62704", "[address]"),
    ("Send it to P.O. Box 1234.", "Send it to [address]."),
    ("Postfach 10 20 30", "[address]"),
    ("The postcode is SW1A 1AA.", "The postcode is [address]."),
    ("sk-proj-abc123DEF456ghi789", "[key]"),
    ("key lsv2_pt_0123456789abcdef_0123", "key [key]"),
    ("ghp_0123456789abcdefABCDEF0123456789abcd", "[key]"),
    ("AKIAIOSFODNN7EXAMPLE", "[key]"),
    ("xoxb-123456789012-abcdefghij", "[key]"),
    (JWT, "[key]"),
    ("password: hunter2", "password: [key]"),
    ("The password is Tr0ub4dor&3, by the way", "The password is [key] by the way"),
    ("api_key=abcdef", "api_key=[key]"),
    ('"client_secret": "s3cr3t"', '"client_secret": [key]"'),
    ("DB_PASSWORD=letmein", "DB_PASSWORD=[key]"),
    ("Authorization: Bearer abc.def-123456", "Authorization: Bearer [key]"),
    (f"It was {KEY40} once", "It was [key] once"),
    ("d41d8cd98f00b204e9800998ecf8427e", "[key]"),
    ("-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----", "[key]"),
    ("Pay to DE89 3704 0044 0532 0130 00 THEN call", "Pay to [iban] THEN call"),
    ("GB82WEST12345698765432", "[iban]"),
    ("Card 4111 1111 1111 1111 expired", "Card [card] expired"),
    ("5500-0000-0000-0004", "[card]"),
    ("It runs on 10.0.12.7, behind 2001:db8::8a2e:370:7334.", "It runs on [ip], behind [ip]."),
    ("I'm Anna Kowalska, head of claims. Anna decides.", "I'm [name], head of claims. [name] decides."),
    ("I am Jean-Luc O'Neill from Leeds", "I am [name] from Leeds"),
    ("my name is anna kowalska and I run it", "my name is [name] and I run it"),
    ("My name: Bob Stone\nRole: head of claims", "My name: [name]\nRole: head of claims"),
    ("Hello. Name: Bob Stone", "Hello. Name: [name]"),
    ("Ich heiße Jürgen Groß.", "Ich heiße [name]."),
    ("Ask Dr. Ludwig van Beethoven or Ms Chen.", "Ask Dr. [name] or Ms [name]."),
    ("All the best, signed, Maria Silva", "All the best, signed, [name]"),
    ("Kind regards,\nTom\nHead of Claims", "Kind regards,\n[name]\nHead of Claims"),
    ("We are Northwind Claims GmbH. Northwind Claims GmbH is old.", "We are [name]. [name] is old."),
]

ORDINARY = [
    "About 40% of 12,000 tasks a month go through it, up from 1.200.000 a year.",
    "We want it live in Q3 2026, by 2026-11-23 or 23.11.2026 at the latest; 05.11.2026 12:30 is the review.",
    "Salesforce, ServiceNow, Google Drive, SAP S/4HANA, Ms Teams and GPT-4o; version 2.10.1, v1.2.3, Python 3.11.7, release 10.2.0.1.",
    "Between 08:00 and 17:30, Monday to Friday, 24/7 from 12:30:45 on.",
    "It costs £45,000 to £120,000.50 a year; 10 000 000 tokens; $1.5m; 0.123456789 of them.",
    "We have 3 Google Drive folders and 2 high street banks in 14 countries.",
    "I'm Head of Data. I am not sure. I'm Product Manager. I am CTO. I’m responsible for it.",
    "The secret is to keep it simple. The password is changed monthly. Secrets: held in Vault.",
    "Basic authentication and bearer authentication are both on; the token: none.",
    "Legal signed off by June. This is Salesforce. Best regards to the team. Cheers all.",
    "Ticket 20231145, order 2024-00017, ISO 27001:2022, SOC 2, NIST SP 800-53, RFC 9110, section 4.3.2.1a",
    "Monitoring 24 hours, Engineering 5 people, During 2026, Spring 2027.",
    "p95 is 800 ms, 99.9% of 1,000,000 calls; 8-12 months; 2024, 2025 and 2026; 100-200 a day.",
    "std::vector and scikit-learn, sk-learn-pipeline; path /srv/data/Exports/2026/monthly/claims-files/archive",
    "claims_assistant_pipeline_for_the_german_market and 3f2b1c9e-1234-4123-8123-123456789012",
    "Model encoder 49c075c1b2d3 and hash df42e73. Mean of 3.5 out of 5.",
    "Project name: Claims Desk; the column name: case_id.",
    "2 Bitcoin, 3 St. Louis sites, 400 Customer Service agents, 12 Data Engineers in Berlin.",
]


@pytest.mark.parametrize(("text", "expected"), PRIVATE)
def test_private_things_are_replaced_by_their_tag(text: str, expected: str) -> None:
    assert redacted(text) == expected


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_answers_stay_as_they_are(text: str) -> None:
    assert redacted(text) == text


@pytest.mark.parametrize("text", [text for text, _ in PRIVATE])
def test_redacting_twice_changes_nothing_more(text: str) -> None:
    once = redacted(text)
    assert redacted(once) == once


def test_known_names_go_wherever_they_stand_as_words() -> None:
    text = "Acme runs it; ACME's files, not Acmeville. Claims Desk and claims  desk."
    assert redacted(text, ["Acme", "Claims Desk", "it"]) == "[name] runs it; [name]'s files, not Acmeville. [name] and [name]."
    assert redacted("a@b.com", ["email"]) == "[email]"


def test_a_name_introduced_in_one_text_is_taken_out_of_all() -> None:
    value = {"said": ["I'm Anna Kowalska.", "Mail a@b.com"], "read": {"quote": "Anna decides", "level": 2, "open": None}, "a@b.com": True}
    expected = {"said": ["I'm [name].", "Mail [email]"], "read": {"quote": "[name] decides", "level": 2, "open": None}, "[email]": True}
    assert redact_value(value) == expected


def test_the_ids_of_audits_and_runs_are_never_touched() -> None:
    chance = random.Random(7)
    ids = [str(UUID(int=chance.getrandbits(128), version=4)) for _ in range(5_000)]
    digits = ["12345678-1234-4123-8123-123456789012", "01234567-0123-4123-8123-012345678901"]
    assert [redacted(one) for one in ids + digits] == ids + digits


HOSTILE = [
    "a",
    "A",
    "1",
    "1 ",
    "1-",
    "a@",
    "a.",
    "A.",
    "A-",
    "A ",
    "A a ",
    ":",
    "a:",
    "1.",
    "/",
    "+",
    "=",
    "aA1",
    "eyJaaaaaa.",
    "(",
    "0 ",
    "+1 ",
]
HOSTILE += [
    "my name is ",
    "I'm Anna ",
    "I am ",
    "password:",
    "Bearer ",
    "-----BEGIN PRIVATE KEY-----",
    "1 Aa ",
    "[address], ",
    "Mr A",
    "x://a:",
]
HOSTILE += ["DE89 ", "rue de ", " ", "\n", "Anna-", "A'", "regards, ", "é", "Ab&"]


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_length_only(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    begun = time.process_time()
    redacted(text)
    assert time.process_time() - begun < 3
