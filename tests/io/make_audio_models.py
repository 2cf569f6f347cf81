"""Makes models/audio_* and models/expected_audio.inc: model files of the formats of audio people, of made up weights, and what
audio_reference.py says of them. Needs numpy.

    tests/io/make_audio_models.py
"""
import json
import math
import pathlib
import subprocess
import sys

import numpy as np

here = pathlib.Path(__file__).parent
models = here / "models"
random = np.random.default_rng(16)
STEPS = 96


def made(*shape, size=0.5):
    return [round(float(x), 4) for x in random.uniform(-size, size, int(np.prod(shape)))] if len(shape) == 1 else \
        [made(*shape[1:], size=size) for _ in range(shape[0])]


def nam(architecture, config, count):
    return {"version": "0.5.4", "metadata": {"name": "made up"}, "architecture": architecture, "config": config,
            "weights": made(count), "sample_rate": 48000}


def array(**more):
    return {"input_size": 1, "condition_size": 1, **more}


def wavenet_weights(config):
    """How many weights: the reference takes them all."""
    count = 0
    for a in config["layers"]:
        n = len(a["dilations"])
        c, b = a["channels"], a.get("bottleneck", a["channels"])
        kernels = a.get("kernel_sizes", [a.get("kernel_size")] * n)
        modes = a.get("gating_mode", "gated" if a.get("gated") else "none")
        modes = modes if isinstance(modes, list) else [modes] * n
        count += c * a["input_size"]
        for kernel, mode in zip(kernels, modes):
            wide = b * (2 if mode == "gated" else 1)
            count += wide * (c // a.get("groups_input", 1)) * kernel + wide
            count += wide * (a["condition_size"] // a.get("groups_input_mixin", 1))
            one, head = a.get("layer1x1", {"active": True, "groups": 1}), a.get("head1x1", {"active": False})
            if one["active"]:
                count += c * (b // one["groups"]) + c
            if head["active"]:
                count += head["out_channels"] * (b // head["groups"]) + head["out_channels"]
        width = a["head1x1"]["out_channels"] if a.get("head1x1", {}).get("active") else b
        h = a.get("head") or {"out_channels": a["head_size"], "kernel_size": 1, "bias": a["head_bias"]}
        count += h["out_channels"] * width * h["kernel_size"] + (h["out_channels"] if h["bias"] else 0)
    if config.get("head"):
        inputs = (config["layers"][-1].get("head") or {"out_channels": config["layers"][-1].get("head_size")})["out_channels"]
        for k, kernel in enumerate(config["head"]["kernel_sizes"]):
            last = k + 1 == len(config["head"]["kernel_sizes"])
            outputs = config["head"]["out_channels"] if last else config["head"]["channels"]
            count += outputs * inputs * kernel + outputs
            inputs = outputs
    return count + 1


plain = {"layers": [array(head_size=2, channels=3, kernel_size=3, dilations=[1, 2], activation="Tanh", gated=False, head_bias=False),
                    array(head_size=1, channels=2, kernel_size=3, dilations=[8], activation="ReLU", gated=True, head_bias=True)],
         "head": None, "head_scale": 0.02}
plain["layers"][1]["input_size"] = 3
rich = {"layers": [array(channels=4, bottleneck=2, kernel_sizes=[2, 3, 2], dilations=[1, 5, 3], groups_input=2,
                         activation=[{"type": "LeakyReLU", "negative_slope": 0.1}, {"type": "PReLU", "negative_slopes": [0.2, -0.3]}, "SiLU"],
                         gating_mode=["none", "none", "gated"], secondary_activation=[None, None, "Softsign"],
                         layer1x1={"active": True, "groups": 2}, head1x1={"active": True, "out_channels": 3, "groups": 1},
                         head={"out_channels": 2, "kernel_size": 3, "bias": True}, slimmable=None,
                         conv_pre_film={"active": False, "shift": True, "groups": 1}, conv_post_film=False),
                   array(channels=2, kernel_size=2, dilations=[1, 2], activation={"type": "Hardswish"}, layer1x1={"active": False, "groups": 1},
                         head={"out_channels": 2, "kernel_size": 2, "bias": False})],
        "head": {"channels": 3, "out_channels": 1, "kernel_sizes": [2, 1], "activation": "Hardtanh"}, "head_scale": 0.5}
rich["layers"][1]["input_size"] = 4
lstm = {"input_size": 1, "hidden_size": 3, "num_layers": 2}
lstm_count = 4 * 3 * (1 + 3) + 12 + 6 + 4 * 3 * (3 + 3) + 12 + 6 + 3 + 1
files = {
    "audio_wavenet.nam": nam("WaveNet", plain, wavenet_weights(plain)),
    "audio_wavenet_rich.nam": nam("WaveNet", rich, wavenet_weights(rich)),
    "audio_container.nam": {"version": "0.7.0", "architecture": "SlimmableContainer", "weights": [], "sample_rate": 48000,
                            "config": {"submodels": [{"max_value": 0.5, "model": nam("LSTM", lstm, lstm_count)},
                                                     {"max_value": 1.0, "model": nam("Linear", {"receptive_field": 9, "bias": True}, 10)}]}},
    "audio_guitarml.json": {"model_data": {"model": "SimpleRNN", "input_size": 1, "skip": 1, "output_size": 1, "unit_type": "LSTM",
                                           "num_layers": 1, "hidden_size": 4, "bias_fl": True},
                            "state_dict": {"rec.weight_ih_l0": made(16, 1), "rec.weight_hh_l0": made(16, 4), "rec.bias_ih_l0": made(16),
                                           "rec.bias_hh_l0": made(16), "lin.weight": made(1, 4), "lin.bias": made(1)}},
    "audio_rtneural.json": {
        "in_shape": [None, None, 1], "in_skip": 1,
        "layers": [
            {"type": "conv1d", "activation": "tanh", "shape": [None, None, 4], "kernel_size": [3], "dilation": [2], "groups": 1,
             "weights": [made(3, 1, 4), made(4)]},
            {"type": "conv1d", "activation": "", "shape": [None, None, 4], "kernel_size": [2], "dilation": [1], "groups": 2,
             "weights": [made(2, 2, 4), made(4)]},
            {"type": "batchnorm", "activation": "", "shape": [None, None, 4], "epsilon": 0.01,
             "weights": [made(4), made(4), made(4), [0.5, 1.0, 1.5, 2.0]]},
            {"type": "prelu", "activation": "", "shape": [None, None, 4], "weights": [made(1, 4)]},
            {"type": "batchnorm", "activation": "", "shape": [None, None, 4], "epsilon": 0.1, "weights": [made(4), [0.5, 1.0, 1.5, 2.0]]},
            {"type": "gru", "activation": "tanh", "shape": [None, None, 3], "weights": [made(4, 9), made(3, 9), made(2, 9)]},
            {"type": "time-distributed-dense", "activation": "sigmoid", "shape": [None, None, 2], "weights": [made(3, 2)]},
            {"type": "lstm", "activation": "", "shape": [None, None, 2], "weights": [made(2, 8), made(2, 8), made(8)]},
            {"type": "dense", "activation": "", "shape": [None, None, 1], "weights": [made(2, 1), made(1)]}]},
}


def expected(file, *options):
    xs = "\n".join(repr(float(np.float32(0.8 * math.sin(0.7 * t * t + 0.3)))) for t in range(STEPS))
    ran = subprocess.run([sys.executable, here / "audio_reference.py", models / file, *options], input=xs, capture_output=True, text=True, check=True)
    return [float(y) for y in ran.stdout.split()]


def main():
    for name, model in files.items():
        (models / name).write_text(json.dumps(model) + "\n")
    text = "// Made by make_audio_models.py.\n"
    for name, file, options in (("wavenet", "audio_wavenet.nam", ["--prewarm"]), ("wavenet_rich", "audio_wavenet_rich.nam", ["--prewarm"]),
                                ("lstm", "audio_container.nam", ["--submodel", "0"]), ("linear", "audio_container.nam", []),
                                ("guitarml", "audio_guitarml.json", []), ("rtneural", "audio_rtneural.json", [])):
        text += f"constexpr double expected_{name}[] = {{{', '.join(f'{y:.9g}' for y in expected(file, *options))}}};\n"
    (models / "expected_audio.inc").write_text(text)


if __name__ == "__main__":
    main()
