import pytest

from app.audit.numbers import figure, low_high


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("four to six months", (4, 6)),
        ("38%", (38, 38)),
        ("two weeks", (2, 2)),
        ("2 – 3", (2, 3)),
        ("sixty days", (60, 60)),
        ("none", None),
        ("six to four", None),
        ("Ten days", (10, 10)),
        ("4-6 months", (4, 6)),
        ("40% to 50%", (40, 50)),
        ("5 to 5", (5, 5)),
        ("over 40%, or 50%", (40, 40)),
        ("$150K to $800K", None),
        ("1.200 to 3", None),
    ],
)
def test_a_sourced_figure_is_read_as_a_range(text: str, expected: tuple[float, float] | None) -> None:
    assert low_high(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", 12),
        (" 12.5 ", 12.5),
        ("0.25", 0.25),
        ("Forty", 40),
        ("hundred", 100),
        ("1,200", 1200),
        ("1,200.50", 1200.5),
        ("1'200'000", 1_200_000),
        ("1’200", 1200),
        ("120 000", 120_000),
        ("1.200", None),
        ("12,5", None),
        ("1,20", None),
        ("1,200 000", None),
        ("12a", None),
        ("", None),
    ],
)
def test_a_figure_is_read_only_where_it_can_be_read_in_one_way(text: str, expected: float | None) -> None:
    assert figure(text) == expected
