#!/usr/bin/env python3
"""Trains the controller that main.cpp embeds: a pendulum is to be swung up and held, torque limited.

    python3 -m venv ~/venv && ~/venv/bin/pip install torch onnx
    ~/venv/bin/python examples/onnx/train.py          # some seconds; writes pendulum.onnx beside this file

The net learns from a teacher that knows the physics: pump energy while the pendulum hangs, balance it near the top.
"""
import pathlib

import torch
from torch import nn

torch.manual_seed(1)
torch.set_num_threads(1)


def teacher(angle, speed):
    """Torque within [-4, 4]; the angle is 0 upright. Energy in units of the pendulum's own, 0 upright and at rest."""
    energy = 0.5 * speed**2 + 10 * (torch.cos(angle) - 1)
    balance = -(20 * torch.sin(angle) + 5 * speed)
    pump = -energy * torch.tanh(2 * speed + 0.5)
    near = torch.sigmoid(10 * (torch.cos(angle) - 0.9))
    return torch.clamp(near * balance + (1 - near) * pump, -4, 4)


net = nn.Sequential(nn.Linear(3, 32), nn.Tanh(), nn.Linear(32, 32), nn.Tanh(), nn.Linear(32, 1), nn.Tanh())


class Controller(nn.Module):
    """Speed is scaled down on the way in, torque up on the way out: inlay folds both into the layers."""

    def __init__(self):
        super().__init__()
        self.net = net
        self.register_buffer("scale", torch.tensor([1.0, 1.0, 0.25]))

    def forward(self, state):  # cos(angle), sin(angle), speed
        return 4 * self.net(state * self.scale)


controller = Controller()
optimizer = torch.optim.Adam(controller.parameters(), lr=3e-3)
schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 1500)
for step in range(1500):
    angle, speed = (torch.rand(256) * 2 - 1) * torch.pi, torch.randn(256) * 4
    state = torch.stack([torch.cos(angle), torch.sin(angle), speed], 1)
    loss = nn.functional.mse_loss(controller(state)[:, 0], teacher(angle, speed))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    schedule.step()
    if step % 500 == 499:
        print(f"step {step + 1}: mean squared error of the torque {loss.item():.4f}")

path = pathlib.Path(__file__).parent / "pendulum.onnx"
torch.onnx.export(controller.eval(), torch.zeros(1, 3), path, dynamo=False, input_names=["state"], output_names=["torque"],
                  dynamic_axes={"state": {0: "batch"}, "torque": {0: "batch"}})
print(f"{path.name}: {path.stat().st_size} bytes")
