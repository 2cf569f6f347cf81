#include "recognize/recognizers.hpp"

#include "recognize/recognizer/activation.hpp"
#include "recognize/recognizer/arithmetic.hpp"
#include "recognize/recognizer/batch_normalization.hpp"
#include "recognize/recognizer/bound.hpp"
#include "recognize/recognizer/convolution.hpp"
#include "recognize/recognizer/dense.hpp"
#include "recognize/recognizer/pool.hpp"
#include "recognize/recognizer/rearrangement.hpp"
#include "recognize/recognizer/residual.hpp"
#include "recognize/recognizer/scaler.hpp"
#include "recognize/recognizer/softmax.hpp"
#include "recognize/recognizer/two_classes.hpp"

#include <string_view>

namespace inlay::onnx {

namespace {

/// One line for each file of recognizer/. Those of several nodes are asked in this order.
recognizer_rows table() {
  recognizer_rows all;
  const auto add = [&](const recognizer_rows& rows) { all.insert(all.end(), rows.begin(), rows.end()); };
  add(recognizers::activation_rows());
  add(recognizers::two_classes_rows());
  add(recognizers::residual_rows());
  add(recognizers::dense_rows());
  add(recognizers::convolution_rows());
  add(recognizers::pool_rows());
  add(recognizers::softmax_rows());
  add(recognizers::bound_rows());
  add(recognizers::arithmetic_rows());
  add(recognizers::batch_normalization_rows());
  add(recognizers::scaler_rows());
  add(recognizers::rearrangement_rows());
  return all;
}

bool ask(std::string_view operation, follower& here, const way& on) {
  static const recognizer_rows all = table();
  for (const recognizer_row& row : all)
    if (row.operation == operation && row.take(here, on))
      return true;
  return false;
}

} // namespace

bool recognize_nodes(follower& here, const way& on) { return ask(several_nodes, here, on); }
bool recognize_node(follower& here, const way& on) { return ask(on.next[0]->operation(), here, on); }

} // namespace inlay::onnx
