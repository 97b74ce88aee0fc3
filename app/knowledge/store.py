"""Opens the Chroma collection that keeps the passages' vectors: a folder, a server, or memory."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from app.errors import KnowledgeError

COLLECTION = "fivegap-playbook"


def open_collection(path: Path | None, url: str | None) -> Any:
    """Open or make the collection; Chroma embeds nothing itself and reports to nobody.

    Raises:
        KnowledgeError: the folder cannot be used, or no Chroma answers at the address.
    """
    import chromadb
    from chromadb.config import Settings
    from chromadb.errors import ChromaError

    quiet = Settings(anonymized_telemetry=False)
    where = "memory"
    try:
        client: Any
        if url:
            parts = urlsplit(url)
            secure = parts.scheme == "https"
            host, port = parts.hostname or "localhost", parts.port or (443 if secure else 8000)
            where = f"{host}:{port}"
            client = chromadb.HttpClient(host=host, port=port, ssl=secure, settings=quiet)
        elif path:
            where = str(path)
            client = chromadb.PersistentClient(path=where, settings=quiet)
        else:
            client = chromadb.EphemeralClient(settings=quiet)
        return client.get_or_create_collection(COLLECTION, embedding_function=None, configuration={"hnsw": {"space": "cosine"}})
    except (ChromaError, ValueError, OSError) as error:
        raise KnowledgeError(f"the playbook's store at {where} cannot be opened: {error}") from error
