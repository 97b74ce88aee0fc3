"""Chainlit's threads are our audits: what it shows, lists, renames and deletes, and for whom."""

from collections.abc import AsyncIterator
from uuid import uuid4

import chainlit as cl
import pytest
from chainlit.types import Feedback, Pagination, ThreadFilter

from app.access.asking import asking
from app.access.principal import Visitor
from app.chat.identity import identifier_of
from app.chat.transcript import AuditThreads
from app.chat.wired import Wired, wire
from app.errors import NoSuchAuditError
from app.interview.messages import Typed
from evals.program import Program

OWNER, STRANGER = Visitor(id=str(uuid4())), Visitor(id=str(uuid4()))
SAID = ("We pilot a claims assistant at Acme.", "Files are copied by hand every Monday.", "finish")


@pytest.fixture
async def threads(program: Program) -> AsyncIterator[AuditThreads]:
    wire(Wired(use=program.use, secret="s", public_url=None, most_sockets=5))
    yield AuditThreads()
    wire(None)


async def held(program: Program, visitor: Visitor = OWNER) -> str:
    audit = str(uuid4())
    await program.use.interviews.begin(visitor, audit)
    for text in SAID:
        await program.use.interviews.take(visitor, audit, Typed(text=text))
    return audit


async def test_a_thread_is_what_was_said_and_ends_with_the_report(program: Program, threads: AuditThreads) -> None:
    audit = await held(program)
    thread = await threads.get_thread(audit)
    assert thread is not None
    assert thread["userIdentifier"] == identifier_of(OWNER)
    said = [step["output"] for step in thread["steps"] if step["type"] == "user_message"]
    assert said == list(SAID)
    assert thread["steps"][0]["output"].startswith("Hello, and good that you are here.")
    assert "Open the whole report" in thread["steps"][-1]["output"]
    elements = thread["elements"] or []
    assert [one["name"] for one in elements] == ["radar.svg", "Report.pdf", "Report.docx", "Report.xlsx"]
    assert {one["forId"] for one in elements} == {thread["steps"][-1]["id"]}
    ids = [step["id"] for step in thread["steps"]]
    assert len(set(ids)) == len(ids)
    assert [step["id"] for step in (await threads.get_thread(audit) or thread)["steps"]] == ids, "the same whenever it is shown"
    element = await threads.get_element(audit, elements[1]["id"])
    assert element is not None
    assert element["name"] == "Report.pdf"


async def test_a_tap_is_shown_by_its_label(program: Program, threads: AuditThreads) -> None:
    audit = str(uuid4())
    await program.use.interviews.begin(OWNER, audit)
    events = await program.say(audit, SAID[0])
    asked = events[-2] if hasattr(events[-2], "question_id") else events[-1]
    await program.tap(audit, "unknown", asked.question_id)
    thread = await threads.get_thread(audit)
    assert thread is not None
    assert [step["output"] for step in thread["steps"] if step["type"] == "user_message"][-1] == "Don't know"
    await program.tap(audit, "skip", asked.question_id)
    thread = await threads.get_thread(audit)
    assert thread is not None
    shown = [step["output"] for step in thread["steps"] if step["type"] == "user_message"]
    assert shown[-1] == "Skip", "a tap on an old question keeps that question's words"


async def test_an_audit_that_no_browser_holds_is_nobodys_thread(program: Program, threads: AuditThreads) -> None:
    audit = str(uuid4())
    await program.begin(audit)
    assert await threads.get_thread(audit) is None
    assert await threads.get_thread_author(audit) == ""
    assert await threads.get_thread_author(str(uuid4())) == ""


async def test_the_sidebar_names_a_visitors_own_audits_page_by_page(program: Program, threads: AuditThreads) -> None:
    mine = [await held(program) for _ in range(2)]
    await held(program, STRANGER)
    listed = await threads.list_threads(Pagination(first=5), ThreadFilter(userId=identifier_of(OWNER)))
    assert {thread["id"] for thread in listed.data} == set(mine)
    assert {thread["name"] for thread in listed.data} == {"Claims assistant"}
    assert not listed.pageInfo.hasNextPage
    assert (await threads.list_threads(Pagination(first=1), ThreadFilter(userId=identifier_of(OWNER)))).pageInfo.hasNextPage
    assert (await threads.list_threads(Pagination(first=5), ThreadFilter(userId=identifier_of(OWNER), search="nothing"))).data == []
    assert (await threads.list_threads(Pagination(first=5), ThreadFilter(userId="anon:x' OR 1=1"))).data == []


async def test_a_new_name_stays_also_after_the_next_turn(program: Program, threads: AuditThreads) -> None:
    audit = await held(program)
    await threads.update_thread(audit, name="first words of the chat", user_id=identifier_of(OWNER))
    await threads.update_thread(audit, metadata={"chat_settings": {}})
    assert ((await threads.get_thread(audit)) or {})["name"] == "Claims assistant", "what Chainlit writes by itself is no name"
    await threads.update_thread(audit, name="  Claims\0 desk ")
    await program.take(audit, Typed(text="The pilot runs at Acme in Ghent."))
    assert ((await threads.get_thread(audit)) or {})["name"] == "Claims desk"
    assert "## Claims desk" in await program.markdown(audit)


async def test_deleting_the_chat_erases_the_audit(program: Program, threads: AuditThreads) -> None:
    audit = await held(program)
    await threads.delete_thread(audit)
    assert await threads.get_thread(audit) is None
    with pytest.raises(NoSuchAuditError):
        await program.view(audit)


async def test_a_thumb_is_kept_for_its_owner_only(program: Program, threads: AuditThreads) -> None:
    audit = await held(program)
    message = ((await threads.get_thread(audit)) or {})["steps"][0]["id"]

    async def shown() -> object:
        return ((await threads.get_thread(audit)) or {})["steps"][0]["feedback"]

    token = asking.set(STRANGER)
    await threads.upsert_feedback(Feedback(forId=message, value=0, threadId=audit))
    assert await shown() is None
    asking.reset(token)
    token = asking.set(OWNER)
    await threads.upsert_feedback(Feedback(forId=message, value=1, threadId=audit, comment="good"))
    assert await shown() == {"forId": message, "id": message, "value": 1, "comment": "good"}
    asking.reset(token)
    token = asking.set(STRANGER)
    with pytest.raises(Exception, match="not allowed"):
        await threads.delete_feedback(message)
    asking.reset(token)
    token = asking.set(OWNER)
    assert await threads.delete_feedback(message)
    assert not await threads.delete_feedback(message)
    asking.reset(token)
    assert await shown() is None


async def test_a_visitor_is_known_without_a_row_of_their_own(threads: AuditThreads) -> None:
    user = await threads.create_user(cl.User(identifier=identifier_of(OWNER)))
    assert user is not None
    assert (user.id, user.identifier) == (identifier_of(OWNER), identifier_of(OWNER))
