#!/usr/bin/env python3
"""Makes models/sequence_attention_*.onnx, nets whose steps attend to each other as PyTorch's exporters write them, and
expected_attention.inc.

It needs what make_models.py needs:
    ~/venv/bin/python tests/io/make_attention.py
"""
import math
import warnings

import torch
from torch import nn

from exported import export
from fixture import Fixtures

warnings.filterwarnings("ignore")
torch.manual_seed(3)
fixtures = Fixtures()
STEPS = 6


class Policy(nn.Module):
    """A block of a transformer, its norms in front; the last step."""

    def __init__(self):
        super().__init__()
        self.input, self.output = nn.Linear(3, 8), nn.Linear(8, 2)
        self.block = nn.TransformerEncoderLayer(8, 2, 12, dropout=0.0, batch_first=True, norm_first=True, activation="gelu")
        self.norm = nn.LayerNorm(8)

    def forward(self, x):
        return self.output(self.norm(self.block(self.input(x)))[:, -1])


class Mean(nn.Module):
    """A block with its norms behind; the mean of the steps."""

    def __init__(self):
        super().__init__()
        self.block = nn.TransformerEncoderLayer(6, 3, 9, dropout=0.0, batch_first=True)
        self.output = nn.Linear(6, 2)

    def forward(self, x):
        return self.output(self.block(x).mean(1))


class Causal(nn.Module):
    """Each step attends to those before it."""

    def __init__(self):
        super().__init__()
        self.attention = nn.MultiheadAttention(6, 2, batch_first=True)

    def forward(self, x):
        mask = nn.Transformer.generate_square_subsequent_mask(STEPS)
        return self.attention(x, x, x, attn_mask=mask, need_weights=False)[0]


class Window(nn.Module):
    """By hand: to the last three steps; q, k and v one linear layer; a residual."""

    def __init__(self):
        super().__init__()
        self.qkv, self.output = nn.Linear(8, 24), nn.Linear(8, 8)
        places = torch.arange(STEPS)
        distance = places[:, None] - places[None]
        self.register_buffer("mask", (distance >= 0) & (distance < 3))

    def forward(self, x):
        q, k, v = (part.view(-1, STEPS, 2, 4).transpose(1, 2) for part in self.qkv(x).split(8, 2))
        scores = (q @ k.transpose(-2, -1) / math.sqrt(4)).masked_fill(~self.mask, float("-inf"))
        attended = (scores.softmax(-1) @ v).transpose(1, 2).reshape(-1, STEPS, 8)
        return x + self.output(attended)


export(fixtures.store, "sequence_attention_policy_script_17", Policy(), (STEPS, 3), False, 17)
export(fixtures.store, "sequence_attention_mean_dynamo_18", Mean(), (STEPS, 6), True, 18)
export(fixtures.store, "sequence_attention_causal_dynamo_18", Causal(), (STEPS, 6), True, 18)
export(fixtures.store, "sequence_attention_window_script_14", Window(), (STEPS, 8), False, 14)
fixtures.write("expected_attention.inc", "make_attention.py: name, model, inputs, outputs")
