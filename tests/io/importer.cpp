// What the importer refuses, and in which words.
#include "onnx_maker.hpp"

#include <cmath>

TEST_CASE("what the importer does not understand is an error that names the node, the operator and what is "
          "needed") {
  SECTION("an operator") {
    maker of;
    of.node("NonZero", {"x"}, "y");
    CHECK(refusal(of) == "m: node 'NonZero_y' (NonZero): expected an operator of which a net of inlay's layers is made, found NonZero");
  }
  SECTION("a function that is no activation of inlay's") {
    maker of;
    of.node("Exp", {"x"}, "y");
    CHECK(contains(refusal(of), "m: node 'Exp_y' (Exp): expected an operator that inlay's layers are made of, found a function that is none of inlay's activations (relu, "));
  }
  SECTION("an attribute") {
    maker of;
    set(of.node("Relu", {"x"}, "y"), "consumed_inputs", std::vector<std::int64_t>{0});
    CHECK(refusal(of) == "m: node 'Relu_y' (Relu): expected no attribute but those of ONNX, found 'consumed_inputs'");
  }
  SECTION("an opset") {
    maker of;
    of.node("Relu", {"x"}, "y");
    of.model.mutable_opset_import(0)->set_version(27);
    CHECK(refusal(of) == "m: opset_import: expected an opset up to 26, which exporters can be told to write, found 27");
    of.model.clear_opset_import();
    CHECK(contains(refusal(of), "found none"));
  }
  SECTION("a padded convolution of a kernel that is too long") {
    maker of;
    of.constant("w", {2, 1, 7});
    of.integers("s", {-1, 1, 4});
    of.node("Reshape", {"x", "s"}, "r");
    set(of.node("Conv", {"r", "w"}, "y"), "pads", std::vector<std::int64_t>{1, 1});
    CHECK(refusal(of) == "m: node 'Conv_y' (Conv): expected an input at least as long as the kernel, found [2, 1, 4] and a "
                         "kernel of [7]");
    of.model.mutable_graph()->mutable_node(1)->mutable_attribute(0)->set_ints(1, 2);
    CHECK(refusal(of) == "accepted");
  }
  SECTION("a pool with ceil_mode whose last window is in the padding") {
    maker of;
    of.reshape_input({-1, 3, 5});
    auto* pool = of.node("AveragePool", {"x"}, "y");
    set(pool, "kernel_shape", std::vector<std::int64_t>{2});
    set(pool, "strides", std::vector<std::int64_t>{2});
    set(pool, "pads", std::vector<std::int64_t>{1, 1});
    CHECK(refusal(of) == "accepted");
    set(pool, "ceil_mode", 1);
    CHECK(refusal(of) == "m: node 'AveragePool_y' (AveragePool): expected a last window that begins before the input's end, as "
                         "PyTorch and runtimes of ONNX disagree on another, found ceil_mode 1");
  }
  SECTION("branches that meet in an operator that is none of inlay's joins") {
    maker of;
    of.constant("w", {4, 4});
    of.node("MatMul", {"x", "w"}, "a");
    of.node("MatMul", {"x", "w"}, "b");
    of.node("Max", {"a", "b"}, "y");
    CHECK(refusal(of) == "m: node 'Max_y' (Max): expected branches that meet in a sum, a product or a Concat, found Max");
  }
  SECTION("an output that is not there, one not of floating point") {
    maker two;
    maker::port(two.model.mutable_graph()->add_output(), "z", {});
    two.node("Relu", {"x"}, "y");
    two.node("Tanh", {"x"}, "z");
    CHECK(refusal(two, {.outputs = {"z"}}) == "accepted");
    CHECK(refusal(two, {.outputs = {"q"}}) ==
          "m: output 'q': expected a tensor of this name, found outputs 'y', 'z'");
    two.model.mutable_graph()->mutable_input(0)->mutable_type()->mutable_tensor_type()->set_elem_type(
        TensorProto::INT64);
    CHECK(contains(refusal(two, {.outputs = {"z"}}), "input 'x': expected a tensor of FLOAT or DOUBLE"));
  }
  SECTION("a dense layer along another axis") {
    maker of;
    of.reshape_input({-1, 3, 4});
    of.constant("w", {3, 2});
    set(of.node("Transpose", {"x"}, "t"), "perm", std::vector<std::int64_t>{0, 2, 1});
    of.node("MatMul", {"t", "w"}, "y");
    CHECK(refusal(of) == "accepted"); // a convolution of kernel 1
  }
  SECTION("softmax along another axis") {
    maker of;
    set(of.node("Softmax", {"x"}, "y"), "axis", std::int64_t{0});
    CHECK(contains(refusal(of),
                   "node 'Softmax_y' (Softmax): expected the axis of all features of a sample, or of at most 64 even groups of them, found axis 0"));
  }
  SECTION("clamps far out are clamps, not the identity") {
    maker of;
    of.constant("low", {}, -1000);
    of.constant("high", {}, 1000);
    of.node("Clip", {"x", "low", "high"}, "y");
    const auto net = import_bytes(of.bytes()).net;
    CHECK(net.layers.at(0).is_a("rescale"));
    CHECK(net.layers.at(1).activation.name == "hard_tanh");
  }
  SECTION("weights that are no numbers") {
    maker of;
    of.constant("w", {4, 2}, NAN);
    of.node("MatMul", {"x", "w"}, "y");
    CHECK(refusal(of) ==
          "m: tensor 'w', element 0: expected a finite number, as node 'MatMul_y' (MatMul) makes parameters "
          "of it, found nan");
    maker gemm;
    gemm.constant("w", {4, 2});
    gemm.constant("b", {2})->set_float_data(1, HUGE_VALF);
    gemm.node("Gemm", {"x", "w", "b"}, "y");
    CHECK(contains(refusal(gemm), "m: tensor 'b', element 1: expected a finite number, as node 'Gemm_y' (Gemm) makes"));
    maker convolution;
    convolution.reshape_input({-1, 1, 4});
    convolution.constant("w", {2, 1, 3})->set_float_data(5, -HUGE_VALF);
    convolution.node("Conv", {"x", "w"}, "y");
    CHECK(
        contains(refusal(convolution), "m: tensor 'w', element 5: expected a finite number, as node 'Conv_y' (Conv)"));
    maker scaled;
    scaled.constant("s", {4})->set_float_data(2, NAN);
    scaled.constant("w", {4, 2});
    scaled.node("Mul", {"x", "s"}, "t");
    scaled.node("MatMul", {"t", "w"}, "y");
    CHECK(contains(refusal(scaled), "m: tensor 's', element 2: expected a finite number, as node 'Mul_t' (Mul)"));
  }
  SECTION("a tensor in half precision") {
    const std::string wanted =
        "expected a tensor of FLOAT or DOUBLE (export the model in single precision: model.float() in "
        "PyTorch), found FLOAT16";
    maker in;
    in.node("Relu", {"x"}, "y");
    in.model.mutable_graph()->mutable_input(0)->mutable_type()->mutable_tensor_type()->set_elem_type(
        TensorProto::FLOAT16);
    CHECK(refusal(in) == "m: input 'x': " + wanted);
    maker out;
    out.node("Relu", {"x"}, "y");
    out.model.mutable_graph()->mutable_output(0)->mutable_type()->mutable_tensor_type()->set_elem_type(
        TensorProto::FLOAT16);
    CHECK(refusal(out) == "m: output 'y': " + wanted);
    CHECK(refusal(out, {.outputs = {"y"}}) == "m: output 'y': " + wanted);
    maker cast;
    set(cast.node("Cast", {"x"}, "h"), "to", std::int64_t{TensorProto::FLOAT16});
    cast.node("Relu", {"h"}, "y");
    CHECK(refusal(cast) ==
          "m: node 'Cast_h' (Cast): expected a Cast to FLOAT, DOUBLE, INT32, INT64 or BOOL, found one to FLOAT16");
  }
  SECTION("an input without a shape") {
    maker of;
    of.constant("w", {4, 2});
    of.constant("b", {2});
    of.node("Gemm", {"x", "w", "b"}, "y");
    CHECK(refusal(of) == "accepted");
    of.model.mutable_graph()->mutable_input(0)->mutable_type()->mutable_tensor_type()->clear_shape();
    CHECK(contains(refusal(of), "m: input 'x': expected a shape, as [batch, 64], found none in the file"));
  }
  SECTION("an output of parameters alone") {
    const char* why =
        "m: output 'y': expected a result that depends on the input, found one that is made of parameters alone";
    maker of;
    of.constant("w", {4, 2});
    of.node("Relu", {"w"}, "y");
    CHECK(refusal(of) == why);
    CHECK(refusal(of, {.outputs = {"y"}}) == why);
    maker itself;
    itself.constant("y", {4, 2});
    CHECK(refusal(itself) == why);
    maker::port(of.model.mutable_graph()->add_output(), "z", {}); // where there is another, that is meant
    of.node("Tanh", {"x"}, "z");
    CHECK(refusal(of) == "accepted");
  }
  SECTION("a batch of hundreds of thousands that is written in is as good as an open one, or is named") {
    maker of;
    of.reshape_input({789444, 4});
    of.constant("w", {4, 2});
    of.node("MatMul", {"x", "w"}, "m");
    of.node("Relu", {"m"}, "y");
    CHECK(refusal(of) == "accepted");
    of.integers("s", {789444, 4});
    of.node("Reshape", {"x", "s"}, "r");
    of.model.mutable_graph()->mutable_node()->SwapElements(0, 2);
    of.model.mutable_graph()->mutable_node()->SwapElements(1, 2);
    of.model.mutable_graph()->mutable_node(1)->set_input(0, "r");
    CHECK(refusal(of) ==
          "m: node 'Reshape_r' (Reshape): expected a shape of 8 elements, found [789444, 4]; the model has a "
          "batch of 789444 written in: export it with an open one, or of one sample");
  }
  SECTION("results that depend on the number of samples") {
    maker of;
    of.node("Shape", {"x"}, "s");
    of.integers("zero", {0});
    of.node("Gather", {"s", "zero"}, "n");
    set(of.node("Cast", {"n"}, "f"), "to", std::int64_t{1});
    of.node("Div", {"x", "f"}, "y");
    CHECK(refusal(of) ==
          "m: input 'x': expected samples that are computed each by itself, found results that depend on "
          "how many there are");
  }
  SECTION("Dropout and BatchNormalization for training") {
    maker of;
    of.constant("ratio", {});
    of.constant("yes", {})->set_data_type(TensorProto::BOOL);
    auto* yes = of.model.mutable_graph()->mutable_initializer(1);
    yes->clear_float_data();
    yes->add_int32_data(1);
    of.node("Dropout", {"x", "ratio", "yes"}, "y");
    CHECK(refusal(of) == "m: node 'Dropout_y' (Dropout): expected Dropout for inference, found training_mode");
    maker old;
    old.model.mutable_opset_import(0)->set_version(6);
    old.node("Dropout", {"x"}, "y");
    CHECK(refusal(old) == "m: node 'Dropout_y' (Dropout): expected Dropout for inference, found is_test 0");
  }
  SECTION("what is wrong with a part that is not needed is no error") {
    maker of;
    of.node("Relu", {"x"}, "y");
    maker::port(of.model.mutable_graph()->add_output(), "label", {}, TensorProto::STRING);
    auto* classes = of.model.mutable_graph()->add_initializer(); // as scikit-learn's classifiers have them
    classes->set_name("classes");
    classes->set_data_type(TensorProto::STRING);
    classes->add_dims(1);
    classes->add_string_data("cat");
    auto* label = of.node("ZipMap", {"y", "classes"}, "label");
    label->set_domain("ai.onnx.ml");
    auto* names = add_attribute(label, "classlabels_strings");
    names->set_type(AttributeProto::STRINGS);
    names->add_strings("cat");
    CHECK(refusal(of) == "accepted");
    CHECK(refusal(of, {.outputs = {"label"}}) == "m: node 'ZipMap_label' (ai.onnx.ml.ZipMap): expected an operator of which "
                                                 "a net of inlay's layers is made, found ai.onnx.ml.ZipMap");
    label->set_op_type("Add"), label->clear_domain(), label->clear_attribute();
    CHECK(refusal(of, {.outputs = {"label"}}) ==
          "m: initializer 'classes': expected elements of type FLOAT, DOUBLE, FLOAT16, BFLOAT16, INT8, UINT8, INT32, INT64 or BOOL, "
          "found STRING");
    add_attribute(label, "names")->set_type(AttributeProto::GRAPH);
    CHECK(refusal(of, {.outputs = {"label"}}) ==
          "m: node 'ZipMap_label' (Add): expected attributes that are numbers, strings or tensors, found 'names' of type GRAPH");
  }
}
