"""An OpenAI-compatible endpoint by the openai SDK: OpenAI itself, Azure, vLLM, Ollama, llama.cpp. The only importer of openai."""

import json
from collections.abc import AsyncGenerator, Mapping
from typing import Any, Literal

import openai
from openai.types.chat import ChatCompletion, ChatCompletionChunk
from pydantic import SecretStr, ValidationError

from app.errors import ModelError
from app.llm.errors import MalformedError
from app.llm.faults import ABOUT_SHAPES, faults, wait_of
from app.llm.model import Call, Spoken, T, Tier
from app.llm.notes import estimated
from app.observability.cost import Usage

PING_SECONDS = 10.0

Shapes = Literal["json_schema", "json_object", "prompt"]
"""How a server is asked for a shape: strictly by schema, as JSON with the schema in the prompt, or by the prompt alone."""


class OpenAIEndpoint:
    """Calls one endpoint, once a call: whoever guards it decides about trying again."""

    def __init__(
        self,
        *,
        api_key: SecretStr | None,
        base_url: str | None,
        models: Mapping[Tier, str],
        temperature: float | None = None,
        effort: str | None = None,
        length_limits: bool = False,
    ) -> None:
        """Take where to call and what; nothing is sent. `length_limits` goes into schemas, for hosts that enforce them."""
        self._models = dict(models)
        self._length_limits = length_limits
        self._extras: dict[str, Any] = {
            name: value for name, value in (("temperature", temperature), ("reasoning_effort", effort)) if value is not None
        }
        self._shapes: list[Shapes] = ["json_schema", "json_object", "prompt"]
        key = api_key.get_secret_value() if api_key else "none"  # servers at home want none, the SDK wants one
        self._client = openai.AsyncOpenAI(api_key=key, base_url=base_url, max_retries=0)
        self.wait_seconds = 0.0
        """How long the provider's headers asked to wait, last time it was heard from."""

    def model_of(self, tier: Tier) -> str:
        """Return the name of the model that serves a tier."""
        return self._models[tier]

    async def ping(self) -> None:
        """See whether the endpoint answers. Raises ModelError."""
        with faults():
            await self._client.chat.completions.create(
                model=self.model_of("fast"),
                messages=[{"role": "user", "content": "Reply with the word ok."}],
                max_completion_tokens=64,
                timeout=PING_SECONDS,
                **self._extras,
            )

    async def ask(self, call: Call, shape: type[T], problem: str | None = None) -> tuple[T, Usage]:
        """Return an answer in a shape, by the strictest way that the server takes; see `Endpoint.ask`."""
        while True:
            try:
                completion = await self._asked(call, shape, problem)
                break
            except ModelError as error:
                if error.reason != "rejected" or len(self._shapes) == 1 or not ABOUT_SHAPES.search(error.detail):
                    raise
                del self._shapes[0]
        usage = _usage(completion.usage, call)
        if not completion.choices:
            raise MalformedError("the answer was empty", usage)
        choice = completion.choices[0]
        if choice.message.refusal or choice.finish_reason == "content_filter":
            raise ModelError("refused")
        if choice.finish_reason == "length":
            raise MalformedError("the answer was cut off: be much shorter", usage, "truncated")
        try:
            return shape.model_validate_json(_bare_json(choice.message.content or "")), usage
        except ValidationError as error:
            raise MalformedError(_told(error), usage) from None

    async def write(self, call: Call) -> AsyncGenerator[Spoken]:
        """Stream an answer; see `Endpoint.write`."""
        said, usage, finish = 0, None, None
        with faults():
            request = self._request(call, call.prompt.system, call.prompt.user) | {"stream_options": {"include_usage": True}}
            raw = await self._client.chat.completions.with_raw_response.create(stream=True, **request)
            self.wait_seconds = wait_of(raw.headers)
            stream: openai.AsyncStream[ChatCompletionChunk] = raw.parse()
            async with stream:
                async for chunk in stream:
                    usage = _usage(chunk.usage, call) if chunk.usage else usage
                    if not chunk.choices:
                        continue
                    finish = chunk.choices[0].finish_reason or finish
                    if text := chunk.choices[0].delta.content:
                        said += len(text)
                        yield Spoken(text)
        if finish in ("length", "content_filter") or finish is None:
            raise ModelError("refused" if finish == "content_filter" else "truncated")
        yield Spoken(usage=usage or estimated(call, said))

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def _asked(self, call: Call, shape: type[T], problem: str | None) -> ChatCompletion:
        way, schema = self._shapes[0], schema_of(shape, length_limits=self._length_limits)
        system = call.prompt.system
        if way != "json_schema":
            system += f"\n\nAnswer with one JSON object that follows this JSON schema, and nothing else:\n{json.dumps(schema)}"
        user = call.prompt.user if problem is None else f"{call.prompt.user}\n\nYour last answer could not be used: {problem}"
        forms: dict[Shapes, dict[str, Any]] = {
            "json_schema": {"type": "json_schema", "json_schema": {"name": shape.__name__, "schema": schema, "strict": True}},
            "json_object": {"type": "json_object"},
        }
        asked: dict[str, Any] = {"response_format": forms[way]} if way in forms else {}
        with faults():
            request = self._request(call, system, user) | asked
            raw = await self._client.chat.completions.with_raw_response.create(**request)
            self.wait_seconds = wait_of(raw.headers)
            completion: ChatCompletion = raw.parse()
            return completion

    def _request(self, call: Call, system: str, user: str) -> dict[str, Any]:
        messages = [{"role": "system", "content": system}, {"role": "user", "content": user}]
        fixed = {
            "model": self.model_of(call.tier),
            "messages": messages,
            "max_completion_tokens": call.most_tokens,
            "timeout": call.seconds,
        }
        return fixed | self._extras


def schema_of(shape: type[T], *, length_limits: bool) -> dict[str, Any]:
    """Return a model's JSON schema in the subset that all servers take; lengths only where they are enforced."""
    return dict(_portable(shape.model_json_schema(), length_limits))


def _portable(node: Any, length_limits: bool) -> Any:
    if isinstance(node, list):
        return [_portable(one, length_limits) for one in node]
    if not isinstance(node, dict):
        return node
    unwanted = {"title"} if length_limits else {"title", "maxLength", "maxItems"}
    return {k: _portable(v, length_limits) for k, v in node.items() if k not in unwanted or not isinstance(v, str | int)}


def _usage(counted: Any, call: Call) -> Usage:
    if counted is None:
        return estimated(call, 0)
    details = counted.prompt_tokens_details
    return Usage(counted.prompt_tokens, (details.cached_tokens or 0) if details else 0, counted.completion_tokens)


def _bare_json(text: str) -> str:
    """Take the JSON object out of a fence or of words around it, which servers without strict schemas let through."""
    start, end = text.find("{"), text.rfind("}")
    return text[start : end + 1] if 0 <= start < end else text


def _told(error: ValidationError) -> str:
    """Say what is wrong with an answer, for the model to mend it."""
    return "; ".join(f"{'.'.join(map(str, one['loc'])) or 'the answer'}: {one['msg']}" for one in error.errors()[:5])
