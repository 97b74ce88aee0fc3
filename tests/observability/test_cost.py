import logging
import shutil
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from app.knowledge.operations import load_prices
from app.observability.cost import Budget, OverBudgetError, Prices, Usage
from app.storage.database import Database
from app.storage.spend import StoredSpend
from tests.databases import sqlite_template

__all__ = ["sqlite_template"]

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


@pytest.fixture
async def spend(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[StoredSpend]:
    shutil.copy(sqlite_template, tmp_path / "fivegap.db")
    database = Database(f"sqlite:///{tmp_path / 'fivegap.db'}")
    yield StoredSpend(database)
    await database.close()


async def paid(budget: Budget, audit: str, cost: float) -> None:
    await budget.settle(await budget.reserve(audit, cost), Usage(), cost)


async def test_the_operator_is_told_once_when_four_fifths_are_gone(spend: StoredSpend, caplog: pytest.LogCaptureFixture) -> None:
    budget = Budget(spend, lambda: TODAY, audit_usd=1.0, day_usd=1.25, audit_calls=45)
    logging.getLogger("app").propagate = True
    with caplog.at_level(logging.WARNING):
        for cost in (0.7, 0.15, 0.05):
            await paid(budget, "one", cost)
        assert [vars(alert)["budget"] for alert in caplog.records] == ["audit"]
        await paid(budget, "two", 0.1)
    alerts = [(vars(alert)["budget"], vars(alert)["of"]) for alert in caplog.records if alert.message == "budget alert"]
    assert alerts == [("audit", "one"), ("day", "2026-11-23")]


async def test_a_call_that_could_pass_a_limit_is_refused_before_it_is_made(spend: StoredSpend) -> None:
    budget = Budget(spend, lambda: TODAY, audit_usd=1.0, day_usd=100.0, audit_calls=45)
    await paid(budget, "one", 0.75)
    with pytest.raises(OverBudgetError) as refused:
        await budget.reserve("one", 0.5)
    assert refused.value.limit == "audit"
    await budget.reserve("two", 0.5)
    assert await budget.spent_today() == pytest.approx(1.25), "what is held counts, and what was refused does not"


async def test_a_call_that_did_not_happen_is_not_counted(spend: StoredSpend) -> None:
    budget = Budget(spend, lambda: TODAY, audit_usd=1.0, day_usd=100.0, audit_calls=1)
    await budget.release(await budget.reserve("one", 1.0))
    assert await budget.spent_today() == 0
    await budget.reserve("one", 1.0)


async def test_calls_that_are_kept_for_what_matters_more_are_left(spend: StoredSpend) -> None:
    budget = Budget(spend, lambda: TODAY, audit_usd=1.0, day_usd=100.0, audit_calls=2)
    await budget.reserve("one", 0.0, calls_kept=1)
    with pytest.raises(OverBudgetError) as refused:
        await budget.reserve("one", 0.0, calls_kept=1)
    assert refused.value.limit == "calls"
    await budget.reserve("one", 0.0)
