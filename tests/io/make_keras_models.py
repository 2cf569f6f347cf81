#!/usr/bin/env python3
"""Makes models/keras_*.onnx and models/expected_keras.inc: what tf2onnx exports, and what Keras computes.

    python3 -m venv ~/keras && ~/keras/bin/pip install "tensorflow-cpu==2.15.*" tf2onnx "numpy<2" "onnx<1.17" onnxruntime
    ~/keras/bin/python tests/io/make_keras_models.py
"""
import tensorflow as tf
import tf2onnx
from tensorflow import keras
from tensorflow.keras import layers

from fixture import Fixtures, random, samples

keras.utils.set_random_seed(1)
fixtures = Fixtures()


def export(name, model, shape, opset):
    for layer in model.layers:
        if isinstance(layer, layers.BatchNormalization):  # statistics that are not 0 and 1
            layer.set_weights([w + random.uniform(0.1, 0.5, w.shape) for w in layer.get_weights()])
    converted, _ = tf2onnx.convert.from_keras(model, opset=opset)
    x = samples(*shape)
    fixtures.store(f"keras_{name}_{opset}", converted, x, model(x, training=False).numpy())


def mlp():
    names = ["relu", "tanh", "sigmoid", "elu", "selu", "softplus", "softsign", "swish", "gelu", "hard_sigmoid"]
    activations = [layers.Activation(name) for name in names] + [layers.LeakyReLU(0.2), layers.ReLU(6.0), layers.PReLU()]
    hidden = [layer for activation in activations for layer in (layers.Dense(1 if isinstance(activation, layers.PReLU) else 4), activation)]
    return keras.Sequential([keras.Input((4,)), *hidden, layers.Dropout(0.3), layers.Dense(3, activation="softmax")])


def normalised():
    scale = layers.Normalization(mean=[1.0, -2, 30, 0], variance=[0.25, 4, 100, 1])
    return keras.Sequential([keras.Input((4,)), scale, layers.Dense(6, use_bias=False), layers.BatchNormalization(), layers.ReLU(),
                             layers.Dense(3, activation=tf.nn.log_softmax)])


def convolution(first):
    return keras.Sequential([*first, layers.Conv1D(3, 4, dilation_rate=2, activation="relu"), layers.BatchNormalization(),
                             layers.Conv1D(4, 2, strides=2), layers.Activation("tanh"), layers.Flatten(), layers.Dense(2)])


def residual():
    x = keras.Input((5,))
    inner = layers.Dense(5)(layers.Dense(7, activation="relu")(x))
    return keras.Model(x, layers.Dense(2)(layers.Add()([x, inner])))


def channels(shape, *inner):
    """Keras has channels last, inlay first: tf2onnx writes Transpose around Conv where there are several."""
    return keras.Sequential([keras.Input(shape), *inner])


def branched():
    x = keras.Input((7, 3))
    return keras.Model(x, layers.Conv1D(2, 2)(layers.Add()([x, layers.Conv1D(3, 1, activation="relu")(x)])))


for opset in (9, 18):
    export("mlp", mlp(), (4,), opset)
export("normalised", normalised(), (4,), 13)
export("convolution", convolution([keras.Input((13, 1))]), (13, 1), 13)
export("permuted", convolution([keras.Input((2, 13)), layers.Permute((2, 1))]), (2, 13), 15)
export("residual", residual(), (5,), 17)
export("channels", channels((9, 3), layers.Conv1D(4, 3), layers.Flatten(), layers.Dense(2)), (9, 3), 9)
export("stacked", channels((14, 3), layers.Conv1D(4, 3, strides=2, activation="relu"), layers.BatchNormalization(),
                           layers.Conv1D(5, 2, dilation_rate=2, activation="relu"), layers.Flatten(), layers.Dense(2)), (14, 3), 13)
# more features than fold() makes a diagonal of; gelu is left between two transpositions
scale = layers.Normalization(mean=[1.0, -2, 3], variance=[0.25, 4, 9])
export("sequence", channels((22, 3), scale, layers.Conv1D(4, 3, activation="gelu"), layers.Conv1D(2, 2)), (22, 3), 17)
export("branched", branched(), (7, 3), 15)
fixtures.write("expected_keras.inc", "make_keras_models.py: name, model, inputs, outputs")
