#!/usr/bin/env python3
"""Writes models/optimizer_*.safetensors, what PyTorch's optimizers remember after three steps, and
models/expected_optimizer.inc, the parameters then and after two steps more.

Needs python3-torch and python3-numpy. The format is eight bytes with the length of the header, the header in JSON, the
numbers: https://huggingface.co/docs/safetensors.
"""
import json
import pathlib
import struct

import numpy
import torch
from torch import nn

folder = pathlib.Path(__file__).parent / "models"
torch.manual_seed(1)


def save(path, tensors):
    header, data = {}, b""
    for name, tensor in tensors.items():
        array = tensor.detach().numpy().astype(numpy.float32)
        header[name] = {"dtype": "F32", "shape": list(array.shape), "data_offsets": [len(data), len(data) + array.nbytes]}
        data += array.tobytes()
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def as_text(values):
    return "{" + ", ".join(repr(float(v)) for v in values.detach().flatten()) + "}"


OPTIMIZERS = {
    "sgd": ("sgd<net_t>{{.learning_rate = 0.125f, .momentum = 0.75f}}",
            lambda p: torch.optim.SGD(p, lr=0.125, momentum=0.75)),
    "adam": ("adam<net_t>{{.learning_rate = 0.0625f}}", lambda p: torch.optim.Adam(p, lr=0.0625)),
    "adamw": ("adamw<net_t>{{.learning_rate = 0.0625f}}", lambda p: torch.optim.AdamW(p, lr=0.0625)),
    "rmsprop": ("rmsprop<net_t>{{.learning_rate = 0.0625f, .momentum = 0.75f, .centered = true}}",
                lambda p: torch.optim.RMSprop(p, lr=0.0625, momentum=0.75, centered=True)),
}

lines = ["// Made by make_optimizer_states.py: file, optimizer, inputs, targets, parameters, those two steps later\n"]
for name, (written, make) in OPTIMIZERS.items():
    module = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 2))
    x, y = torch.randn(4, 3), torch.randn(4, 2)
    optimizer = make(module.parameters())

    def steps(count):
        for _ in range(count):
            optimizer.zero_grad()
            nn.functional.mse_loss(module(x), y).backward()
            optimizer.step()

    steps(3)
    state = optimizer.state_dict()["state"]
    save(folder / f"optimizer_{name}.safetensors",
         {f"state.{k}.{what}": torch.as_tensor(value) for k, of in state.items() for what, value in of.items() if value is not None})
    before = as_text(nn.utils.parameters_to_vector(module.parameters()))
    steps(2)
    after = as_text(nn.utils.parameters_to_vector(module.parameters()))
    lines.append(f'goes_on("optimizer_{name}.safetensors", {written}, {as_text(x)}, {as_text(y)}, {before}, {after});\n')
(folder / "expected_optimizer.inc").write_text("".join(lines))
