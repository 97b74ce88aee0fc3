import logging
from datetime import date
from pathlib import Path

import pytest

from app.knowledge.operations import load_prices
from app.observability.cost import Budget, Prices, Usage
from app.storage.migrate import migrate
from app.storage.spend import StoredSpend

TODAY = date(2026, 11, 23)


def test_the_price_table_is_dated_and_has_the_default_models() -> None:
    prices = load_prices()
    assert prices.read_on <= TODAY
    assert prices.source
    assert prices.cost_usd("gpt-6.1-terra", Usage(1_000_000, 0, 100_000)) == pytest.approx(1.5)
    assert prices.cost_usd("gpt-6-luna-2026-09-01", Usage(1_000_000)) == pytest.approx(0.1)


def test_a_model_without_a_price_is_not_free() -> None:
    prices = Prices.model_validate(
        {"read_on": TODAY, "source": "a test", "models": {"cheap": {"usd_in": 1, "usd_out": 1}, "dear": {"usd_in": 9, "usd_out": 9}}}
    )
    assert prices.cost_usd("unheard-of", Usage(1_000_000)) is None
    assert prices.at_most_usd("unheard-of", Usage(1_000_000)) == 9
    assert prices.at_most_usd("cheap", Usage(1_000_000)) == 1


async def test_what_was_spent_is_remembered_over_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "fivegap.db"
    migrate(path)
    spend = StoredSpend(path)
    for audit, cost in (("one", 0.2), ("one", 0.1), ("two", 0.4)):
        await spend.add(audit, TODAY, Usage(100, 0, 10), cost)
    await spend.add("one", date(2026, 11, 22), Usage(1, 0, 1), 1.0)
    await spend.close()
    again = StoredSpend(path)
    calls, cost = await again.of_audit("one")
    assert calls == 3
    assert cost == pytest.approx(1.3)
    assert await again.of_day(TODAY) == pytest.approx(0.7)
    assert await again.tokens_of("two") == Usage(100, 0, 10)
    await again.close()


async def test_the_operator_is_told_once_when_four_fifths_are_gone(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "fivegap.db"
    migrate(path)
    spend = StoredSpend(path)
    budget = Budget(spend, lambda: TODAY, audit_usd=1.0, day_usd=100.0, audit_calls=45)
    logging.getLogger("app").propagate = True
    with caplog.at_level(logging.WARNING):
        for cost in (0.7, 0.15, 0.05):
            await budget.add("one", Usage(), cost)
    alerts = [record for record in caplog.records if record.message == "budget alert"]
    assert [(vars(alert)["budget"], vars(alert)["of"]) for alert in alerts] == [("audit", "one")]
    assert await budget.exhausted("one") is None
    await budget.add("one", Usage(), 0.2)
    assert await budget.exhausted("one") == "audit"
    assert await budget.exhausted("two") is None
    await spend.close()
