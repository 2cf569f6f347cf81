"""Modules of PyTorch as both of its exporters write them."""
import onnx
import torch

from fixture import folder, samples


def trained(module, shape):
    """Away from the initial values, BatchNorm with statistics that are not 0 and 1."""
    with torch.no_grad():
        for _ in range(3):
            module.train()(torch.randn(64, *shape) * 2 + 0.5)
    return module.eval()


def export(store, name, module, shape, dynamo, opset=None, **options):
    module = trained(module, shape)
    example = torch.zeros(2, *shape)  # a batch of one would be taken as part of the model
    path = folder / f"{name}.onnx"
    if dynamo:
        torch.onnx.export(module, (example,), path, dynamo=True, external_data=False, opset_version=opset,
                          dynamic_shapes=({0: torch.export.Dim("batch")},), verbose=False)
    else:
        torch.onnx.export(module, example, path, dynamo=False, opset_version=opset, input_names=["x"], output_names=["y"],
                          dynamic_axes={"x": {0: "batch"}, "y": {0: "batch"}}, **options)
    model = onnx.load(path)
    for node in model.graph.node:  # the exporter's notes, with file names of this machine, ten times as long as the net
        node.doc_string = ""
        del node.metadata_props[:]
    for value in [*model.graph.input, *model.graph.output, *model.graph.value_info, model.graph]:
        del value.metadata_props[:]
    del model.graph.value_info[:]
    x = samples(*shape)
    store(name, model, x, module(torch.from_numpy(x)).detach().numpy())
