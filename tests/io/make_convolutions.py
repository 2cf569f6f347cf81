#!/usr/bin/env python3
"""Makes models/*.onnx and models/images.safetensors of convolutions and pools, and what PyTorch computes with them.

Needs torch, onnx, onnxruntime, onnxscript and safetensors from PyPI, in an environment of its own:
    python3 -m venv ~/venv && ~/venv/bin/pip install torch onnx onnxruntime onnxscript safetensors
    ~/venv/bin/python tests/io/make_convolutions.py
"""
import warnings

import safetensors.torch
import torch
from torch import nn

from exported import export, trained
from fixture import Fixtures, as_text, folder, samples

warnings.filterwarnings("ignore")
torch.manual_seed(1)
fixtures = Fixtures()


class Residual(nn.Sequential):
    def forward(self, x):
        return x + super().forward(x)


class Mean(nn.Module):
    def forward(self, x):
        return x.mean((2, 3))


def image():
    return nn.Sequential(nn.Conv2d(1, 4, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(4, 6, 3), nn.ReLU(),
                         nn.AvgPool2d(2, stride=1, padding=1), nn.Flatten(), nn.Linear(54, 5), nn.ReLU(), nn.Linear(5, 3))


def depthwise():
    return nn.Sequential(nn.Conv2d(3, 6, 3, stride=(2, 1), padding=1, bias=False), nn.BatchNorm2d(6), nn.ReLU(),
                         nn.Conv2d(6, 6, 3, padding=1, groups=6, bias=False), nn.BatchNorm2d(6), nn.Hardtanh(),
                         nn.Conv2d(6, 4, (1, 2), dilation=(1, 2), groups=2), nn.BatchNorm2d(4), nn.SiLU(), Mean(), nn.Linear(4, 2))


def residual_image():
    return nn.Sequential(nn.Conv2d(2, 4, (4, 3), padding="same"), nn.ELU(), Residual(nn.Conv2d(4, 4, 3, padding=1), nn.ReLU()),
                         nn.AvgPool2d((2, 3), padding=(0, 1), ceil_mode=True, count_include_pad=False), nn.AdaptiveMaxPool2d(1),
                         nn.Flatten(), nn.Linear(4, 2))


def line():
    return nn.Sequential(nn.Conv1d(4, 6, 5, stride=2, padding=2, groups=2), nn.BatchNorm1d(6), nn.ReLU(), nn.MaxPool1d(3, 2, 1),
                         nn.Conv1d(6, 4, 3, padding="same"), nn.AvgPool1d(2), nn.GELU(), nn.AdaptiveAvgPool1d(1), nn.Flatten(),
                         nn.Linear(4, 3))


for make, shape in [(image, (1, 9, 8)), (depthwise, (3, 7, 6)), (residual_image, (2, 5, 7)), (line, (4, 23))]:
    for exporter, opset in [("script", 13), ("dynamo", 18)]:
        export(fixtures.store, f"{make.__name__}_{exporter}_{opset}", make(), shape, exporter == "dynamo", opset)
export(fixtures.store, "depthwise_unfolded_13", depthwise(), (3, 7, 6), False, 13, do_constant_folding=False,
       training=torch.onnx.TrainingMode.PRESERVE)  # with its BatchNormalizations
fixtures.write("expected_convolutions.inc", "make_convolutions.py: name, model, inputs, outputs")

saved = Fixtures()
net = "inlay::network<inlay::input<2, 7, 6>, " + ", ".join([
    "inlay::conv2d<6, 3, 2, inlay::relu, inlay::conv_options{.stride = {2, 1}, .groups = 2, .padding = {1, 0}}>",
    "inlay::max_pool2d<2>", "inlay::conv2d<6, 1, 1, inlay::tanh, inlay::conv_options{.groups = 6}>", "inlay::dense<3>"]) + ">"
module = trained(nn.Sequential(nn.Conv2d(2, 6, (3, 2), stride=(2, 1), padding=(1, 0), groups=2), nn.ReLU(), nn.MaxPool2d(2),
                               nn.Conv2d(6, 6, 1, groups=6), nn.Tanh(), nn.Flatten(), nn.Linear(24, 3)), (2, 7, 6))
safetensors.torch.save_file(module.state_dict(), folder / "images.safetensors")
x = samples(2, 7, 6)
saved.expected.append(f'check_file<{net}>("images.safetensors", {as_text(x)}, {as_text(module(torch.from_numpy(x)).detach().numpy())});')
saved.write("expected_images.inc", "make_convolutions.py: net, file, inputs, outputs")
