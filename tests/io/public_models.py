"""What public_models.sh runs: see there."""
import argparse
import os
import pathlib
import re
import resource
import subprocess
import sys
import tempfile

import numpy
import onnx
import onnxruntime

SAMPLES = 64
ABSOLUTE_ERROR = 2.0**-22  # of onnxruntime's sigmoid and tanh of float, however small they are: 0 for what is 2e-9
MOST_SECONDS, MOST_MEGABYTES = 10, 1000  # that g++ -O2 may take for a header
CXX_FLAGS = ["-std=c++20", "-O2", "-march=native"]

# Verifies, then computes the samples of a file of floats or doubles.
PROGRAM = """#include "net.hpp"
#include <inlay/io/verify.hpp>
#include <cstdio>
int main(int, char** files) {
  using net_t = net_under_test_t::net_t;
  const bool right = static_cast<bool>(inlay::io::verify(net_under_test));
  std::FILE* in = std::fopen(files[1], "rb");
  std::FILE* out = std::fopen(files[2], "wb");
  static net_t::input_type x;
  static net_t::output_type y;
  while (std::fread(x.data(), sizeof(x), 1, in) == 1) {
    net_under_test(x, y);
    std::fwrite(y.data(), sizeof(y), 1, out);
  }
  std::fclose(in), std::fclose(out);
  return right ? 0 : 1;
}
"""


# Runs a compiler, and writes down the most memory that a process of it took, in KB.
MEASURED = """import pathlib, resource, subprocess, sys
code = subprocess.run(sys.argv[2:]).returncode
pathlib.Path(sys.argv[1]).write_text(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
sys.exit(code)
"""


def without_tails(model):
    """As the importer cuts them: what draws or chooses gives its input, noise is its mean."""
    for node in model.graph.node:
        if node.op_type in ("ArgMax", "Multinomial"):
            node.op_type = "Identity"
            del node.attribute[:]
        elif node.op_type == "RandomNormalLike":
            node.op_type = "Sub"
            node.input.append(node.input[0])
            del node.attribute[:]
    makers = {name: node for node in model.graph.node for name in node.output}
    for node in model.graph.node:  # no infinity, and no denormal with few digits, in between
        softmax = makers.get(node.input[0]) if node.op_type == "Log" else None
        if softmax is not None and softmax.op_type == "Softmax":
            node.op_type, node.input[0] = "LogSoftmax", softmax.input[0]
            node.attribute.extend(softmax.attribute)
    for output in model.graph.output:
        names, chosen = [output.name], False
        while names:
            node = makers.get(names.pop())
            if node is not None and node.op_type in ("Identity", "Concat", "Cast"):
                names += node.input
                chosen |= node.op_type == "Identity"
        if chosen and output.type.tensor_type.elem_type == onnx.TensorProto.INT64:
            output.type.tensor_type.elem_type = onnx.TensorProto.FLOAT
    return model


def session_of(path, outputs):
    """A session that gives these tensors; None and why where onnxruntime does not load the file."""
    onnxruntime.set_default_logger_severity(4)
    as_written = onnxruntime.SessionOptions()  # else it quantizes what goes into quantized weights, and takes a coarser sigmoid
    as_written.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    try:
        onnxruntime.InferenceSession(str(path))
    except Exception as why:  # whatever it throws
        return None, str(why).splitlines()[0]
    model = without_tails(onnx.load(str(path)))
    known = {output.name for output in model.graph.output}
    for name in outputs:
        if name not in known:
            model.graph.output.append(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None))
    for output in model.graph.output:  # their shapes are others now
        if output.name in outputs:
            output.type.tensor_type.ClearField("shape")
    try:
        return onnxruntime.InferenceSession(model.SerializeToString(), as_written), ""
    except Exception as why:
        return None, str(why).splitlines()[0]


def why_invalid(path):
    """What onnx.checker says against the file, or nothing."""
    try:
        onnx.checker.check_model(str(path))
    except Exception as why:  # whatever it throws
        return str(why).splitlines()[0]
    return ""


def random_input(port, random):
    shape = [extent if isinstance(extent, int) and extent > 0 else 1 for extent in port.shape]
    if "int" in port.type:
        return random.integers(0, 128, shape).astype(port.type.removeprefix("tensor(").removesuffix(")"))
    kind = numpy.float64 if port.type == "tensor(double)" else numpy.float32
    x = random.standard_normal(shape)
    return ((x > 0) if "mask" in port.name else x).astype(kind)


def names_in(header, word):
    several = re.search(word + r"_names\[\] = \{(.*)\};", header)
    one = re.search(word + r"_name = (.*);", header)
    return re.findall(r'"((?:[^"\\]|\\.)*)"', several.group(1) if several else one.group(1))


def in_double_precision(path, samples, inputs, options, folder):
    """What the graph computes of these samples in double precision, and how far off a right net of floats may be: by the importer."""
    flat = numpy.array([numpy.concatenate([sample[name].ravel() for name in inputs]) for sample in samples])
    (folder / "samples.pb").write_bytes(onnx.numpy_helper.from_array(flat).SerializeToString())
    subprocess.run([options.importer, path, folder / "given.hpp", "--name", "given", "--inputs", folder / "samples.pb"],
                   capture_output=True, check=True)
    header = (folder / "given.hpp").read_text()

    def numbers(name):
        vectors = re.search(name + r"\{\{(.*?)\}\};", header, re.S).group(1)
        return numpy.array([float(number) for number in re.findall(r"[-+.\de]+(?=[f,}\s])", vectors)]).reshape(len(samples), -1)

    return numbers("verification_outputs"), numbers("verification_tolerances")


def against_onnxruntime(path, header, folder, program, options):
    """The worst error, and its share of what rounding explains; or why there is none."""
    inputs, outputs = names_in(header, "input"), names_in(header, "output")
    session, why = session_of(path, outputs)
    if session is None:
        return None, "onnxruntime: " + why
    random = numpy.random.default_rng(1)
    ports = {port.name: port for port in session.get_inputs()}
    samples = [{name: random_input(port, random) for name, port in ports.items()} for _ in range(SAMPLES)]
    floats = lambda x: x if x.dtype == numpy.float64 else x.astype(numpy.float32)  # whole numbers that are only cast are floats to the net
    (folder / "x").write_bytes(b"".join(floats(sample[name]).tobytes() for sample in samples for name in inputs))
    if subprocess.run([program, folder / "x", folder / "y"], capture_output=True).returncode:
        return None, "verification failed"
    kind = floats(samples[0][inputs[0]]).dtype
    computed = numpy.frombuffer((folder / "y").read_bytes(), kind).reshape(SAMPLES, -1)
    wanted = numpy.array([numpy.concatenate([part.ravel() for part in session.run(outputs, sample)]) for sample in samples], numpy.float64)
    exact, tolerance = in_double_precision(path, samples, inputs, options, folder)
    error = numpy.abs(computed - wanted)
    share = numpy.maximum(numpy.abs(computed - exact) / tolerance, error / (2 * tolerance + ABSOLUTE_ERROR))
    worst = numpy.unravel_index(numpy.argmax(share), share.shape)
    return (error[worst], share[worst]), ""


def run(path, options, folder):
    made = subprocess.run([options.importer, path, folder / "net.hpp", "--name", "net_under_test"], capture_output=True, text=True)
    if made.returncode:
        reasons = [line for line in made.stderr.splitlines() if ": expected " in line]
        return {"state": "refused", "words": [line.replace(str(path) + ": ", "").replace("error: ", "") for line in reasons] or [made.stderr.strip()]}
    (folder / "main.cpp").write_text(PROGRAM)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    compiled = subprocess.run([sys.executable, "-c", MEASURED, folder / "memory", options.compiler, *CXX_FLAGS, "-I", options.include, "-I", folder, folder / "main.cpp", "-o", folder / "main"],
                              capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    result = {"seconds": after.ru_utime - before.ru_utime, "notes": [line.replace(str(path) + ": ", "") for line in made.stdout.splitlines()]}
    result["megabytes"] = int((folder / "memory").read_text()) // 1024
    if compiled.returncode:
        return result | {"state": "WRONG", "words": ["it does not compile: " + compiled.stderr.splitlines()[0]]}
    worst, why = against_onnxruntime(path, (folder / "net.hpp").read_text(), folder, folder / "main", options)
    if worst is None:
        (folder / "x").write_bytes(b"")
        right = subprocess.run([folder / "main", folder / "x", folder / "y"], capture_output=True).returncode == 0
        return result | {"state": "taken" if right else "WRONG", "words": [("held to the importer's own interpreter, as " if right else "") + why]}
    error, share = worst  # NaN is wrong
    return result | {"state": "taken" if share <= 1 else "WRONG",
                     "words": [f"worst error {error:.2g} in {SAMPLES} samples, {share:.2f} of what is explained"]}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--importer", required=True)
    parser.add_argument("--include", required=True)
    parser.add_argument("--compiler", default="g++")
    options = parser.parse_args()
    counts, dear = {}, 0
    for path in sorted(options.folder.rglob("*.onnx")):
        with tempfile.TemporaryDirectory() as folder:
            result = run(path, options, pathlib.Path(folder))
        if (invalid := why_invalid(path)) and result["state"] != "WRONG":
            result["words"] = ["onnx.checker: " + invalid, *(["taken all the same"] if result["state"] == "taken" else []), *result["words"]]
            result["state"] = "invalid"
        if result.get("seconds", 0) > MOST_SECONDS or (result.get("megabytes") or 0) > MOST_MEGABYTES:
            dear += 1
        counts[result["state"]] = counts.get(result["state"], 0) + 1
        cost = f"{result['seconds']:5.1f} s" if "seconds" in result else ""
        cost += f" {result['megabytes']} MB" if result.get("megabytes") else ""
        print(f"{result['state']:8} {cost:14} {path.relative_to(options.folder)}", flush=True)
        for line in result.get("notes", []) + result["words"]:
            print(" " * 25 + line)
    print(", ".join(f"{count} {state}" for state, count in sorted(counts.items())) or "no files")
    print(f"{dear} dearer than {MOST_SECONDS} s or {MOST_MEGABYTES} MB")
    return 1 if "WRONG" in counts else 0


if __name__ == "__main__":
    sys.exit(main())
