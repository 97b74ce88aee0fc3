"""Chainlit reads where it lives when it is imported: it is to find the committed configuration, and write nothing."""

import os
from pathlib import Path

os.environ["CHAINLIT_APP_ROOT"] = str(Path(__file__).resolve().parents[2])
