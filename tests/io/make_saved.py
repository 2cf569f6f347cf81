#!/usr/bin/env python3
"""Runs onnxruntime on models/saved_*.onnx, which inlay has written, and makes models/expected_saved*.inc.

    build/release/tests/io/io.onnx "[write]"
    build/release/tests/io/io.onnx_sequences "[write]"
    python3 -m venv ~/venv && ~/venv/bin/pip install onnx onnxruntime numpy
    ~/venv/bin/python tests/io/make_saved.py
"""
import onnx
import onnxruntime

from fixture import Fixtures, as_text, folder, samples


def run(saved, into):
    fixtures = Fixtures()
    for name, net, shape in saved:
        path = folder / f"saved_{name}.onnx"
        onnx.checker.check_model(onnx.load(path), full_check=True)
        session = onnxruntime.InferenceSession(path)
        x = samples(*shape)
        (y,) = session.run(None, {"input": x})
        fixtures.expected.append(f'check_saved<{net}>("{path.name}", {as_text(x)}, {as_text(y)});')
    fixtures.write(into, "make_saved.py: net, file, inputs, outputs")


run([("activations", "every_activation", (3,)), ("layers", "every_layer<float>", (2, 9)), ("transposes", "channels_last", (9, 2)),
     ("lines", "lines<float>", (4, 15)), ("images", "images<float>", (3, 9, 7)), ("pools", "pools", (3, 9, 7)),
     ("words", "words", (3,))], "expected_saved.inc")
run([("sequence_recurrent", "every_recurrent", (6, 3)), ("sequence_both", "both_ways", (5, 2)), ("sequence_mixed", "mixed", (7, 2)),
     ("sequence_attentive", "attentive", (6, 8))],
    "expected_saved_sequences.inc")
