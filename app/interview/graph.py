"""The wiring of one turn: listen → assess → do what it says → ask or conclude."""

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from app.interview import routes
from app.interview.nodes.ask import ask
from app.interview.nodes.assess import assess
from app.interview.nodes.conclude import conclude, deepen
from app.interview.nodes.correct import ask_change, correct
from app.interview.nodes.explain import explain
from app.interview.nodes.hand_over import hand_over
from app.interview.nodes.listen import listen, refuse
from app.interview.nodes.record import record, record_clash, record_confirmation, record_cover, record_probe, record_reason
from app.interview.nodes.steer import steer
from app.interview.nodes.take_tap import take_tap
from app.interview.state import Context, InterviewState

TurnGraph = CompiledStateGraph[InterviewState, Context, InterviewState, InterviewState]
_DOING = (take_tap, record, record_probe, record_confirmation, record_clash, record_cover, record_reason, correct, steer)


def build_graph(checkpointer: BaseCheckpointSaver[str]) -> TurnGraph:
    """Compile the graph of a turn; one run takes it from START to END."""
    graph = StateGraph(InterviewState, context_schema=Context)
    for node in (listen, refuse, assess, *_DOING, explain, ask_change, ask, conclude, deepen, hand_over):
        graph.add_node(node.__name__, node)
    graph.add_edge(START, "listen")
    graph.add_conditional_edges("listen", routes.after_listen)
    graph.add_conditional_edges("assess", routes.after_assess)
    for node in _DOING:
        graph.add_conditional_edges(node.__name__, routes.after_doing)
    graph.add_edge("explain", "ask")
    graph.add_edge("refuse", "ask")
    graph.add_edge("deepen", "ask")
    graph.add_edge("hand_over", "ask")
    graph.add_conditional_edges("ask", routes.after_ask)
    graph.add_edge("conclude", END)
    graph.add_edge("ask_change", END)
    return graph.compile(checkpointer=checkpointer)
