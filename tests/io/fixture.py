"""What make_models.py and make_keras_models.py share: a model is checked, and stored beside what its framework computes."""
import pathlib

import numpy as np
import onnx
import onnxruntime

folder = pathlib.Path(__file__).parent / "models"
random = np.random.default_rng(1)


class Fixtures:
    def __init__(self):
        self.expected = []

    def store(self, name, model, x, y, output=None):
        """One model with the outputs y that its framework computes for the samples x."""
        onnx.checker.check_model(model)
        # what onnxruntime computes must be what the framework does
        session = onnxruntime.InferenceSession(model.SerializeToString())
        fed = session.get_inputs()[0]
        names = [output] if output else [o.name for o in session.get_outputs()][:1]
        fixed = isinstance(fed.shape[0], int) and len(fed.shape) > 1
        parts = np.split(x, len(x) // fed.shape[0]) if fixed else [x]
        computed = np.concatenate([session.run(names, {fed.name: part})[0] for part in parts])
        np.testing.assert_allclose(computed.reshape(len(x), -1), y.reshape(len(x), -1), rtol=2e-5, atol=2e-6)
        (folder / f"{name}.onnx").write_bytes(model.SerializeToString())
        self.expected.append(f'check("{name}", {name}, {as_text(x)}, {as_text(y)});')

    def write(self, file, made_by):
        text = f"// Made by {made_by}\n" + "\n".join(self.expected) + "\n"
        (folder / file).write_text(text)


def as_text(rows):
    return "{" + ", ".join("{" + ", ".join(repr(float(v)) for v in row.ravel()) + "}" for row in rows) + "}"


def samples(*shape):
    return random.normal(size=(4, *shape)).astype(np.float32)
