#!/usr/bin/env python3
"""Runs onnxruntime on models/saved_*.onnx, which inlay has written, and makes models/expected_saved.inc.

    build/release/tests/io/io.onnx "[write]"
    python3 -m venv ~/venv && ~/venv/bin/pip install onnx onnxruntime numpy
    ~/venv/bin/python tests/io/make_saved.py
"""
import onnx
import onnxruntime

from fixture import Fixtures, as_text, folder, samples

fixtures = Fixtures()
for name, net, shape in [("activations", "every_activation", (3,)), ("layers", "every_layer<float>", (2, 9)),
                         ("transposes", "channels_last", (9, 2)), ("lines", "lines<float>", (4, 15)),
                         ("images", "images<float>", (3, 9, 7)), ("pools", "pools", (3, 9, 7))]:
    path = folder / f"saved_{name}.onnx"
    onnx.checker.check_model(onnx.load(path), full_check=True)
    session = onnxruntime.InferenceSession(path)
    x = samples(*shape)
    (y,) = session.run(None, {"input": x})
    fixtures.expected.append(f'check_saved<{net}>("{path.name}", {as_text(x)}, {as_text(y)});')
fixtures.write("expected_saved.inc", "make_saved.py: net, file, inputs, outputs")
