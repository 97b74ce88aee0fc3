"""Make the embedded encoder: fine-tune, export to ONNX in int8, measure, write the card.

    data.py      the training files and the rubric's questions, as examples
    batches.py   examples → padded tensors, with augmentation
    network.py   the model in torch: embeddings, trunk, heads
    retrieval.py the fine-tuning of the retrieval vectors
    fit.py       the fine-tuning loop and the temperatures
    export.py    torch → ONNX → int8, and the manifest
    measure.py   the finished files on the held-out answers
    card.py      figures → CARD.md
    vectors.py   the playbook's vectors by the finished encoder (python -m evals.train.vectors)

It needs torch, onnx and scikit-learn, which the program itself never does: a dev-only extra.
"""
