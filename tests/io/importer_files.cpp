// What a file may be like: nodes in any order, quantized weights, double inputs that are made float, opsets up to 26.
#include "onnx_maker.hpp"

namespace {

std::string kinds(const maker& of) {
  std::string text;
  for (const auto& layer : import_bytes(of.bytes()).net.layers)
    text += (text.empty() ? "" : ", ") + std::string(layer.is.name);
  return text;
}

} // namespace

TEST_CASE("nodes in another order are sorted, with a note") {
  maker of;
  of.constant("w", {4, 3}), of.constant("v", {3, 2});
  of.node("MatMul", {"t", "v"}, "y");
  of.node("Tanh", {"a"}, "t");
  of.node("MatMul", {"x", "w"}, "a");
  CHECK(kinds(of) == "dense, dense");
  CHECK(import_bytes(of.bytes()).notes == std::vector<std::string>{"nodes: sorted, as some were before others that they use"});
  of.model.mutable_graph()->mutable_node(2)->set_input(0, "y"); // each uses another one
  CHECK(refusal(of) == "m: node 'MatMul_y' (MatMul): expected inputs that are computed before it, found 't', which is not");
}

TEST_CASE("quantized weights are the floats that the graph makes of them") {
  for (const int type : {TensorProto::INT8, TensorProto::UINT8})
    for (const bool each : {false, true}) {
      CAPTURE(type, each);
      maker of;
      auto* w = of.model.mutable_graph()->add_initializer();
      w->set_name("q"), w->set_data_type(type), w->add_dims(4), w->add_dims(3);
      for (int i = 0; i < 12; ++i)
        w->add_int32_data((i * 5) % 7 + (type == TensorProto::UINT8 ? 0 : -3));
      auto* zero = of.model.mutable_graph()->add_initializer();
      zero->set_name("zero"), zero->set_data_type(type);
      if (each)
        zero->add_dims(3);
      for (int i = 0; i < (each ? 3 : 1); ++i)
        zero->add_int32_data(i + 1);
      of.constant("scale", each ? std::vector{3} : std::vector<int>());
      set(of.node("DequantizeLinear", {"q", "scale", "zero"}, "w"), "axis", std::int64_t{1});
      of.node("MatMul", {"x", "w"}, "y");
      const auto model = import_bytes(of.bytes());
      const double first = (type == TensorProto::UINT8 ? 0 : -3) - 1;
      CHECK(model.net.layers.at(0).weights()[0] == Approx(0.5 * first));
      CHECK(model.notes ==
            std::vector<std::string>{"weights: 1 tensor is quantized, and taken as the floats that the graph makes of them"});
    }
}

TEST_CASE("a double input that is made float at once makes a net of float") {
  maker of;
  of.model.mutable_graph()->mutable_input(0)->mutable_type()->mutable_tensor_type()->set_elem_type(TensorProto::DOUBLE);
  of.constant("w", {4, 3});
  set(of.node("Cast", {"x"}, "f"), "to", std::int64_t{TensorProto::FLOAT});
  of.node("MatMul", {"f", "w"}, "y");
  CHECK_FALSE(import_bytes(of.bytes()).net.double_precision);
  of.model.mutable_graph()->mutable_node(0)->mutable_attribute(0)->set_i(TensorProto::DOUBLE);
  CHECK(import_bytes(of.bytes()).net.double_precision);
}

TEST_CASE("weights in half precision, made float") {
  for (const int type : {TensorProto::FLOAT16, TensorProto::BFLOAT16}) {
    maker of;
    auto* w = of.constant("h", {4, 3});
    w->clear_float_data(), w->set_data_type(type);
    for (int i = 0; i < 12; ++i)
      w->add_int32_data(type == TensorProto::FLOAT16 ? 0x3c00 + i : 0x3f80 + i); // from 1 on
    set(of.node("Cast", {"h"}, "w"), "to", std::int64_t{TensorProto::FLOAT});
    of.node("MatMul", {"x", "w"}, "y");
    CHECK(import_bytes(of.bytes()).net.layers.at(0).weights()[0] == 1);
  }
}

TEST_CASE("opsets from 6 to 26") {
  for (const int opset : {6, 7, 9, 11, 13, 18, 22, 26}) {
    CAPTURE(opset);
    maker of;
    of.model.mutable_opset_import(0)->set_version(opset);
    of.constant("w", {4, 3}), of.constant("b", {3});
    of.node("Gemm", {"x", "w", "b"}, "z");
    of.node("Relu", {"z"}, "y");
    CHECK(kinds(of) == "dense");
  }
}

TEST_CASE("files of Keras and TensorFlow Lite are refused with the line that converts them") {
  const auto refusal = [](const std::string& bytes) {
    try {
      (void)import_bytes(bytes);
    } catch (const std::exception& error) {
      return std::string(error.what());
    }
    return std::string("accepted");
  };
  CHECK(contains(refusal(std::string("\x89HDF\r\n\x1a\n") + std::string(100, '\0')), "python3 -m tf2onnx.convert --keras net.h5 --output net.onnx"));
  CHECK(contains(refusal(std::string("\x1c\0\0\0TFL3", 8) + std::string(100, '\0')), "python3 -m tf2onnx.convert --tflite net.tflite --output net.onnx"));
  CHECK(contains(refusal("\x89HD"), "3 bytes that are none"));
}
