"""What people think of a turn, sent as feedback on its run: in threads of its own, as the client waits minutes on a dead endpoint."""

import logging
import threading
import time
from uuid import UUID

import langsmith as ls

log = logging.getLogger(__name__)
AT_ONCE = 4
"""Pieces of feedback on their way at most; what comes on top, while the endpoint does not answer, is dropped."""


class FeedbackSender:
    """Sends feedback to LangSmith; never waits and never raises."""

    def __init__(self, client: ls.Client, project: str) -> None:
        self._client = client
        self._project = project
        self._project_id: UUID | None = None
        self._lock = threading.Lock()
        self._sending: set[threading.Thread] = set()

    def send(self, run_id: UUID, key: str, score: float, comment: str | None = None) -> None:
        """Send a score between 0 and 1, and perhaps a comment, as feedback on the run."""
        # A daemon does not keep the process from ending.
        thread = threading.Thread(target=self._send, args=(run_id, key, score, comment), daemon=True)
        with self._lock:
            if len(self._sending) >= AT_ONCE:
                log.warning("feedback dropped: %d pieces are still on their way", AT_ONCE)
                return
            self._sending.add(thread)
        thread.start()

    def wait(self, seconds: float) -> None:
        """Wait for what is on its way, so long at most."""
        ends = time.monotonic() + seconds
        with self._lock:
            sending = list(self._sending)
        for thread in sending:
            thread.join(max(0.0, ends - time.monotonic()))

    def _send(self, run_id: UUID, key: str, score: float, comment: str | None) -> None:
        try:
            self._client.create_feedback(
                run_id, key, score=score, comment=comment, trace_id=run_id, session_id=self._session(), stop_after_attempt=1
            )
        except Exception as error:  # noqa: BLE001 - feedback is a courtesy: whatever stops it must not reach the conversation
            log.warning("feedback could not be sent: %s", type(error).__name__)
        finally:
            with self._lock:
                self._sending.discard(threading.current_thread())

    def _session(self) -> UUID | None:
        """Return the project's id, by which LangSmith finds the run; None when it does not tell."""
        if self._project_id is None:
            try:
                self._project_id = self._client.read_project(project_name=self._project).id
            except Exception as error:  # noqa: BLE001 - LangSmith still takes feedback without it
                log.info("the project's id is not known: %s", type(error).__name__)
        return self._project_id
