#!/usr/bin/env python3
"""Makes the models in tests/io/models and expected.inc, what their own frameworks compute.

Needs torch, onnx, onnxscript, scikit-learn and skl2onnx from PyPI, in an environment of its own:
    python3 -m venv ~/venv && ~/venv/bin/pip install torch onnx onnxruntime onnxscript scikit-learn skl2onnx safetensors
    ~/venv/bin/python tests/io/make_models.py
Every model is checked with onnxruntime too before it is written.
"""
import warnings

import numpy as np
import onnxruntime
import safetensors.torch
import torch
from onnx import TensorProto, helper, numpy_helper
from skl2onnx import to_onnx
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from torch import nn

from exported import export
from fixture import Fixtures, as_text, folder, random, samples

warnings.filterwarnings("ignore")
torch.manual_seed(1)
fixtures = Fixtures()
store = fixtures.store


class Residual(nn.Sequential):
    def forward(self, x):
        return x + super().forward(x)


class Policy(nn.Module):
    """Observations scaled by running statistics, actions scaled to their range."""

    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(5, 8), nn.Tanh(), nn.Linear(8, 2), nn.Tanh())
        self.register_buffer("mean", torch.tensor([1.0, -2, 30, 0, 5]))
        self.register_buffer("deviation", torch.tensor([0.5, 2, 10, 1, 3]))

    def forward(self, x):
        return 2.5 * self.layers((x - self.mean) / self.deviation) + torch.tensor([0.0, 1.0])


def activations():
    return [nn.ReLU(), nn.LeakyReLU(0.2), nn.ELU(), nn.ELU(0.5), nn.CELU(0.5), nn.SELU(), nn.Sigmoid(), nn.Tanh(), nn.GELU(),
            nn.GELU(approximate="tanh"), nn.SiLU(), nn.Mish(), nn.Softplus(), nn.Softsign(), nn.Hardsigmoid(), nn.Hardtanh(),
            nn.Hardswish(), nn.ReLU6(), nn.PReLU()]


def mlp():
    layers = []
    for activation in activations():
        layers += [nn.Linear(4, 4), activation]
    return nn.Sequential(*layers, nn.Dropout(0.3), nn.Linear(4, 3), nn.Softmax(-1))


def normalised():
    return nn.Sequential(nn.BatchNorm1d(4), nn.Linear(4, 6), nn.BatchNorm1d(6), nn.ReLU(), nn.BatchNorm1d(6), nn.Linear(6, 3),
                         nn.LogSoftmax(-1))


def convolution():
    return nn.Sequential(nn.Conv1d(2, 3, 4, dilation=2), nn.ReLU(), nn.BatchNorm1d(3), nn.Conv1d(3, 4, 2, stride=2, bias=False),
                         nn.BatchNorm1d(4), nn.Tanh(), nn.Flatten(), nn.Linear(12, 2))


def residual():
    return nn.Sequential(nn.Linear(3, 5), nn.ReLU(), Residual(nn.Linear(5, 4), nn.Tanh(), nn.Linear(4, 5)), nn.ReLU(), nn.Linear(5, 1))


for make, shape in [(mlp, (4,)), (normalised, (4,)), (convolution, (2, 13)), (residual, (3,)), (Policy, (5,))]:
    name = make.__name__.lower()
    for opset in (9, 13, 17, 20) if name == "mlp" else (13,):
        lacking = (nn.Hardswish, nn.CELU) if opset < 12 else (nn.Hardswish,) if opset < 14 else ()
        module = make()
        if lacking and name == "mlp":
            module = nn.Sequential(*[layer for layer in module if not isinstance(layer, lacking)])
        export(store, f"{name}_script_{opset}", module, shape, False, opset)
    for opset in (18, 21) if name == "mlp" else (18,):
        export(store, f"{name}_dynamo_{opset}", make(), shape, True, opset)

# scikit-learn
x, z = random.normal(size=(80, 3)).astype(np.float32) * [1, 5, 0.1] + [0, 10, 0], random.integers(0, 3, 80)
x = x.astype(np.float32)
regressor = make_pipeline(StandardScaler(), MLPRegressor(hidden_layer_sizes=(6, 4), max_iter=30, random_state=1)).fit(x, x @ [1, 2, 3])
store("sklearn_regressor", to_onnx(regressor, x[:1], target_opset=18), x[:4], regressor.predict(x[:4]))
for name, activation, labels in [("binary", "tanh", z > 0), ("classes", "logistic", z), ("linear", "identity", z)]:
    classifier = MLPClassifier(hidden_layer_sizes=(5,), activation=activation, max_iter=30, random_state=1).fit(x, labels)
    model = to_onnx(classifier, x[:1], options={id(classifier): {"zipmap": False}}, target_opset=18)
    store(f"sklearn_{name}", model, x[:4], classifier.predict_proba(x[:4]), output="probabilities")


# what exporters write seldom, by hand
def by_hand(name, nodes, constants, shape, outputs, opset=13, dtype=TensorProto.FLOAT):
    numpy_type = np.float32 if dtype == TensorProto.FLOAT else np.float64
    graph = helper.make_graph(nodes, name, [helper.make_tensor_value_info("x", dtype, ["n", *shape])],
                              [helper.make_tensor_value_info("y", dtype, ["n", outputs])],
                              [numpy_helper.from_array(np.asarray(v, numpy_type if np.asarray(v).dtype.kind == "f" else np.int64), k)
                               for k, v in constants.items()])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=8)
    x = samples(*shape).astype(numpy_type)
    store(name, model, x, onnxruntime.InferenceSession(model.SerializeToString()).run(None, {"x": x})[0])


w, b = random.normal(size=(5, 3)), random.normal(size=(3,))
by_hand("gemm_scaled", [helper.make_node("Gemm", ["x", "w", "b"], ["y"], alpha=0.5, beta=2.0)], {"w": w, "b": b}, (5,), 3)
by_hand("gemm_swapped", [helper.make_node("Transpose", ["x"], ["t"], perm=[1, 0]),
                         helper.make_node("Gemm", ["w", "t", "c"], ["s"], transA=1),
                         helper.make_node("Transpose", ["s"], ["y"])], {"w": w, "c": b[:, None]}, (5,), 3)
by_hand("matmul_bias_first", [helper.make_node("MatMul", ["x", "w"], ["m"]), helper.make_node("Add", ["b", "m"], ["y"])],
        {"w": w, "b": b}, (5,), 3)
by_hand("in_double", [helper.make_node("Gemm", ["x", "w", "b"], ["m"]), helper.make_node("Tanh", ["m"], ["y"])], {"w": w, "b": b}, (5,), 3,
        dtype=TensorProto.DOUBLE)
by_hand("formulas", [helper.make_node("MatMul", ["x", "w"], ["a"]),  # softplus, tanh by sigmoid, clamp by Min and Max
                     helper.make_node("Exp", ["a"], ["e"]), helper.make_node("Add", ["one", "e"], ["f"]), helper.make_node("Log", ["f"], ["g"]),
                     helper.make_node("MatMul", ["g", "v"], ["h"]), helper.make_node("Mul", ["two", "h"], ["i"]),
                     helper.make_node("Sigmoid", ["i"], ["j"]), helper.make_node("Mul", ["j", "two"], ["k"]), helper.make_node("Sub", ["k", "one"], ["l"]),
                     helper.make_node("MatMul", ["l", "v"], ["m"]), helper.make_node("Min", ["m", "two"], ["o"]), helper.make_node("Max", ["o", "low"], ["p"]),
                     helper.make_node("MatMul", ["p", "v"], ["y"])],
        {"w": w, "v": random.normal(size=(3, 3)), "one": 1.0, "two": 2.0, "low": -0.5}, (5,), 3)

fixtures.write("expected.inc", "make_models.py: name, model, inputs, outputs")

# safetensors as PyTorch writes them: a state_dict in three precisions, and what the module computes with each
saved = Fixtures()


def store_state(name, net, module, shape, dtype):
    state = {key: value.to(dtype) for key, value in module.state_dict().items()}
    safetensors.torch.save_file(state, folder / f"{name}.safetensors")
    module.load_state_dict(state)
    x = samples(*shape)
    y = module(torch.from_numpy(x)).detach().numpy()
    saved.expected.append(f'check_file<{net}>("{name}.safetensors", {as_text(x)}, {as_text(y)});')


sequential = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 2))
for name, dtype in [("f32", torch.float32), ("f16", torch.float16), ("bf16", torch.bfloat16)]:
    store_state(name, "net_t", sequential, (3,), dtype)
flattened = nn.Sequential(nn.Conv1d(2, 3, 4, dilation=2), nn.Tanh(), nn.Flatten(), nn.Linear(9, 2))
store_state("flattened", "flattened", flattened, (2, 9), torch.float32)
saved.write("expected_safetensors.inc", "make_models.py: net, file, inputs, outputs")
