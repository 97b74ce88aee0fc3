import pytest

from app.audit.methodology import Methodology
from tests.audit import small


@pytest.fixture(scope="session")
def method() -> Methodology:
    """The small methodology, to work out by hand."""
    return small.methodology()
