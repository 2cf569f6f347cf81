// ONNX's own test cases of every operator that the importer knows: the package libonnx-testdata
#include "onnx_maker.hpp"

#include "interpreter/evaluate.hpp"
#include "output.hpp"

#include <cmath>

namespace {

const std::filesystem::path test_data = "/usr/share/libonnx-testdata/data";

/// Runs the interpreter on a case, compares with its outputs; then imports it, its other inputs being
/// constants. Which of both were done.
std::pair<bool, bool> run_case(const std::filesystem::path& folder) {
  INFO(folder.string());
  graph model = load_graph(folder / "model.onnx");
  std::map<std::string, tensor> values;
  for (std::size_t i = 0; i < model.inputs.size(); ++i)
    values[model.inputs[i].name] = load_tensor(folder / "test_data_set_0" / ("input_" + std::to_string(i) + ".pb"));
  const tensor expected = load_tensor(folder / "test_data_set_0" / "output_0.pb");
  const tensor computed = evaluate(pruned(model, {model.outputs[0]}), values).at(model.outputs[0].name);
  REQUIRE(computed.shape == expected.shape);
  for (std::size_t i = 0; i < expected.size(); ++i)
    CHECK(std::abs(computed.values[i] - expected.values[i]) <= 1e-5 * std::max(1.0, std::abs(expected.values[i])));

  while (model.inputs.size() > 1) {
    model.constants[model.inputs.back().name] = values.at(model.inputs.back().name);
    model.inputs.pop_back();
  }
  if (model.inputs.empty() || !model.inputs[0].floating)
    return {true, false};
  model.inputs[0].shape = values.at(model.inputs[0].name).shape;
  try { // import_model compares the layers with the interpreter, which has just been compared with ONNX
    const auto imported =
        import_model(model, {.outputs = {model.outputs[0].name}, .inputs = {values.at(model.inputs[0].name)}});
    for (std::size_t s = 0, i = 0; s < imported.y.size(); ++s)
      for (std::size_t o = 0; o < imported.y[s].size() && imported.y.size() == 1; ++o, ++i)
        CHECK(std::abs(imported.y[s][o] - expected.values[i]) <= 1e-5 * std::max(1.0, std::abs(expected.values[i])));
    return {true, true};
  } catch (const io::error& refused) {
    return {true, false};
  }
}

} // namespace

TEST_CASE("ONNX's own cases of every operator that the importer knows") {
  if (!std::filesystem::exists(test_data)) {
    WARN("libonnx-testdata is not installed: not run"); // CMakeLists.txt makes a skipped test of it
    return;
  }
  // A model that only moves elements about is no net. Beginnings of the cases' names, and how many of each
  // must be computed, and imported, at least.
  const struct {
    const char* name;
    int computed, imported;
  } wanted[] = {{"node/test_relu", 1, 1},
                {"node/test_leakyrelu", 3, 3},
                {"node/test_elu", 3, 3},
                {"node/test_selu", 3, 1},
                {"node/test_sigmoid", 2, 2},
                {"node/test_tanh", 2, 2},
                {"node/test_softplus", 2, 2},
                {"node/test_softsign", 2, 2},
                {"node/test_hardsigmoid", 3, 3},
                {"node/test_hardswish", 1, 1},
                {"node/test_celu", 1, 0},
                {"node/test_exp", 2, 0},
                {"node/test_log", 2, 0},
                {"node/test_neg", 2, 0},
                {"node/test_abs", 1, 0},
                {"node/test_sqrt", 2, 0},
                {"node/test_reciprocal", 2, 0},
                {"node/test_greater", 2, 0},
                {"node/test_less", 2, 0},
                {"node/test_equal", 2, 0},
                {"node/test_and", 4, 0},
                {"node/test_or", 4, 0},
                {"node/test_not", 3, 0},
                {"node/test_sum", 3, 0},
                {"node/test_cast_", 2, 0},
                {"node/test_constant", 1, 0},
                {"node/test_clip", 8, 2},
                {"node/test_erf", 1, 0},
                {"node/test_gemm", 11, 8},
                {"node/test_matmul", 3, 1},
                {"node/test_batchnorm_e", 2, 0},
                {"node/test_softmax", 6, 2},
                {"node/test_logsoftmax", 6, 2},
                {"node/test_flatten", 9, 0},
                {"node/test_reshape", 8, 0},
                {"node/test_identity", 1, 0},
                {"node/test_dropout", 2, 0},
                {"node/test_add", 2, 1},
                {"node/test_sub", 3, 1},
                {"node/test_mul", 3, 1},
                {"node/test_div", 3, 1},
                {"node/test_squeeze", 2, 0},
                {"node/test_unsqueeze", 6, 0},
                {"node/test_transpose", 7, 0},
                {"node/test_basic_conv", 2, 2},
                {"node/test_conv_with", 4, 4},
                {"node/test_averagepool_1d", 1, 1},
                {"node/test_averagepool_2d", 10, 5},
                {"node/test_maxpool_1d", 1, 1},
                {"node/test_maxpool_2d", 10, 8},
                {"node/test_globalaveragepool", 2, 2},
                {"node/test_globalmaxpool", 2, 2},
                {"node/test_reduce_mean", 8, 0},
                {"node/test_reduce_max", 8, 0},
                {"node/test_reduce_sum_keepdims", 2, 0},
                {"node/test_reduce_sum_negative", 2, 0},
                {"node/test_mean_", 2, 0},
                {"node/test_split_equal", 3, 0},
                {"node/test_split_variable", 3, 0},
                {"node/test_expand", 2, 0},
                {"node/test_tile", 2, 0},
                {"node/test_range_float", 1, 0},
                {"node/test_constantofshape", 3, 0},
                {"node/test_layer_normalization_", 19, 0},
                {"node/test_instancenorm", 2, 0},
                {"node/test_edge_pad", 1, 0},
                {"node/test_reflect_pad", 1, 0},
                {"node/test_constant_pad", 1, 0},
                {"node/test_gru_defaults", 1, 0},
                {"node/test_gru_with", 1, 0},
                {"node/test_lstm_defaults", 1, 0},
                {"node/test_lstm_with_initial", 1, 0},
                {"node/test_simple_rnn_defaults", 1, 0},
                {"node/test_simple_rnn_with", 1, 0},
                {"node/test_simple_rnn_batchwise", 1, 0}, // each a batch of three, its size written in
                {"node/test_lstm_batchwise", 1, 0},
                {"node/test_gru_batchwise", 1, 0},
                {"node/test_gru_seq_length", 1, 0},
                {"node/test_rnn_seq_length", 1, 0},
                {"node/test_prelu", 2, 0},
                {"node/test_where", 2, 0},
                {"node/test_concat", 6, 0},
                {"node/test_gather_", 3, 0},
                {"node/test_slice", 8, 0},
                {"node/test_shape", 6, 0},
                {"node/test_min", 5, 0},
                {"node/test_max_", 5, 0},
                {"node/test_pow", 4, 0},
                {"node/test_thresholdedrelu", 3, 0},
                {"pytorch-converted/test_Conv1d", 3, 3},
                {"pytorch-converted/test_Conv2d", 9, 9},
                {"pytorch-converted/test_MaxPool", 3, 3},
                {"pytorch-converted/test_AvgPool", 3, 3},
                {"pytorch-converted/test_Linear", 2, 2},
                {"pytorch-converted/test_ELU", 1, 1},
                {"pytorch-converted/test_ReLU", 1, 1},
                {"pytorch-converted/test_LeakyReLU", 2, 2},
                {"pytorch-converted/test_Softmax", 1, 1},
                {"pytorch-converted/test_LogSoftmax", 1, 1},
                {"pytorch-converted/test_PReLU_1d", 1, 1},
                {"pytorch-converted/test_SELU", 1, 1},
                {"pytorch-converted/test_Sigmoid", 1, 1},
                {"pytorch-converted/test_Softplus", 1, 1},
                {"pytorch-converted/test_Tanh", 1, 1},
                {"pytorch-converted/test_BatchNorm1d", 1, 0}};
  for (const auto& [name, computed_at_least, imported_at_least] : wanted) {
    INFO(name);
    int computed = 0, imported = 0;
    std::string refused;
    for (const auto& entry : std::filesystem::directory_iterator((test_data / name).parent_path())) {
      const std::string folder = entry.path().filename().string();
      if (!folder.starts_with(std::filesystem::path(name).filename().string()))
        continue;
      try {
        const auto [one, other] = run_case(entry.path());
        computed += one, imported += other;
      } catch (const io::error& why) {
        refused += "\n" + folder + ": " + why.what();
      }
    }
    CAPTURE(computed, imported, refused);
    CHECK(computed >= computed_at_least);
    CHECK(imported >= imported_at_least);
  }
}
