"""The wiring of one turn: listen → assess → do what it says → ask or conclude. A node's return type is its edges."""

from langgraph.graph import START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from app.interview.context import Context
from app.interview.nodes.ask import ask
from app.interview.nodes.assess import assess
from app.interview.nodes.conclude import conclude
from app.interview.nodes.correct import correct
from app.interview.nodes.deepen import deepen
from app.interview.nodes.explain import explain
from app.interview.nodes.hand_over import hand_over
from app.interview.nodes.keep_words import keep_words
from app.interview.nodes.listen import listen
from app.interview.nodes.record import record
from app.interview.nodes.steer import steer
from app.interview.nodes.take_reply import take_reply
from app.interview.nodes.take_tap import take_tap
from app.interview.turn import Turn

TurnGraph = CompiledStateGraph[Turn, Context, Turn, Turn]


def build_graph() -> TurnGraph:
    """Compile the graph of a turn; one run takes it from START to END, so it keeps nothing between runs."""
    graph = StateGraph(Turn, context_schema=Context)
    graph.add_node(listen)
    graph.add_node(assess)
    graph.add_node(take_tap)
    graph.add_node(take_reply)
    graph.add_node(record)
    graph.add_node(keep_words)
    graph.add_node(correct)
    graph.add_node(steer)
    graph.add_node(explain)
    graph.add_node(ask)
    graph.add_node(conclude)
    graph.add_node(deepen)
    graph.add_node(hand_over)
    graph.add_edge(START, "listen")
    return graph.compile()
