#!/usr/bin/env python3
"""Makes models/sequence_*.onnx, nets over whole sequences as PyTorch's exporters and others write them, and expected_sequences.inc.

It needs what make_models.py needs:
    ~/venv/bin/python tests/io/make_sequences.py
"""
import warnings

import numpy as np
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from exported import export
from fixture import Fixtures, random, samples

warnings.filterwarnings("ignore")
torch.manual_seed(1)
fixtures = Fixtures()
store = fixtures.store
STEPS = 5


class Steps(nn.Module):
    """A linear layer on every step."""

    def __init__(self):
        super().__init__()
        self.recurrent, self.linear = nn.LSTM(2, 4, batch_first=True), nn.Linear(4, 2)

    def forward(self, x):
        return self.linear(self.recurrent(x)[0])


class Last(nn.Module):
    """Two layers, the last step."""

    def __init__(self):
        super().__init__()
        self.recurrent, self.linear = nn.LSTM(2, 3, num_layers=2, batch_first=True), nn.Linear(3, 2)

    def forward(self, x):
        return self.linear(self.recurrent(x)[0][:, -1])


class Mean(nn.Module):
    """Both directions, the mean of the steps."""

    def __init__(self):
        super().__init__()
        self.recurrent, self.linear = nn.GRU(2, 3, bidirectional=True, batch_first=True), nn.Linear(6, 1)

    def forward(self, x):
        return self.linear(self.recurrent(x)[0].mean(1))


class Relu(nn.Module):
    def __init__(self, **options):
        super().__init__()
        self.recurrent = nn.RNN(2, 3, nonlinearity="relu", batch_first=True, **options)
        self.linear = nn.Linear(6 if options else 3, 2)

    def forward(self, x):
        return torch.tanh(self.linear(self.recurrent(x)[0]))


export(store, "sequence_steps_script_17", Steps(), (STEPS, 2), False, 17)
export(store, "sequence_last_dynamo_18", Last(), (STEPS, 2), True, 18)
export(store, "sequence_mean_script_14", Mean(), (STEPS, 2), False, 14)
export(store, "sequence_relu_script_11", Relu(), (STEPS, 2), False, 11)
export(store, "sequence_loop_dynamo_18", Relu(), (STEPS, 2), True, 18)  # written step by step
export(store, "sequence_loops_dynamo_18", Relu(bidirectional=True), (STEPS, 2), True, 18)

# what PyTorch does not write: a GRU that resets before its matrix, the lengths of its sequences, Y_h alone
w, r, b = (random.normal(size=shape).astype(np.float32) for shape in [(1, 9, 2), (1, 9, 3), (1, 18)])
graph = helper.make_graph(
    [helper.make_node("Transpose", ["x"], ["t"], perm=[1, 0, 2]),
     helper.make_node("GRU", ["t", "w", "r", "b", "lengths"], ["", "h"], hidden_size=3, activations=["Sigmoid", "Tanh"]),
     helper.make_node("Squeeze", ["h", "axes"], ["y"])],
    "reset_before", [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, STEPS, 2])],
    [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, 3])],
    [numpy_helper.from_array(value, name) for name, value in
     [("w", w), ("r", r), ("b", b), ("lengths", np.array([STEPS], np.int32)), ("axes", np.array([0], np.int64))]])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
x = samples(STEPS, 2)
session = onnxruntime.InferenceSession(model.SerializeToString())
store("sequence_reset_before", model, x, np.concatenate([session.run(None, {"x": one[None]})[0] for one in x]))
fixtures.write("expected_sequences.inc", "make_sequences.py: name, model, inputs, outputs")
