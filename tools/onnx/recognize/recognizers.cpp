#include "recognize/recognizers.hpp"

#include "recognize/recognizer/activation.hpp"
#include "recognize/recognizer/arithmetic.hpp"
#include "recognize/recognizer/attention.hpp"
#include "recognize/recognizer/batch_normalization.hpp"
#include "recognize/recognizer/bound.hpp"
#include "recognize/recognizer/concatenation.hpp"
#include "recognize/recognizer/convolution.hpp"
#include "recognize/recognizer/dense.hpp"
#include "recognize/recognizer/mean.hpp"
#include "recognize/recognizer/mean_of_steps.hpp"
#include "recognize/recognizer/normalization.hpp"
#include "recognize/recognizer/outputs.hpp"
#include "recognize/recognizer/pad.hpp"
#include "recognize/recognizer/pool.hpp"
#include "recognize/recognizer/prelu.hpp"
#include "recognize/recognizer/product.hpp"
#include "recognize/recognizer/rearrangement.hpp"
#include "recognize/recognizer/recurrent.hpp"
#include "recognize/recognizer/reduction.hpp"
#include "recognize/recognizer/scaler.hpp"
#include "recognize/recognizer/softmax.hpp"
#include "recognize/recognizer/sum.hpp"
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
  add(recognizers::normalization_rows());
  add(recognizers::attention_rows());
  add(recognizers::mean_of_steps_rows());
  add(recognizers::mean_rows());
  add(recognizers::dense_rows());
  add(recognizers::convolution_rows());
  add(recognizers::pool_rows());
  add(recognizers::reduction_rows());
  add(recognizers::pad_rows());
  add(recognizers::prelu_rows());
  add(recognizers::softmax_rows());
  add(recognizers::bound_rows());
  add(recognizers::arithmetic_rows());
  add(recognizers::batch_normalization_rows());
  add(recognizers::scaler_rows());
  add(recognizers::rearrangement_rows());
  add(recognizers::recurrent_rows());
  add(recognizers::sum_rows());
  add(recognizers::product_rows());
  add(recognizers::concatenation_rows());
  add(recognizers::outputs_rows());
  return all;
}

const recognizer_rows& rows() {
  static const recognizer_rows all = table();
  return all;
}

bool ask(std::string_view operation, follower& here, const way& on) {
  for (const recognizer_row& row : rows())
    if (row.operation == operation && row.take && row.take(here, on))
      return true;
  return false;
}

} // namespace

bool recognize_nodes(follower& here, const way& on) { return ask(several_nodes, here, on); }
bool recognize_node(follower& here, const way& on) { return ask(on.next[0]->operation(), here, on); }

const recognizer_row* find_join(const node& of) {
  for (const recognizer_row& row : rows())
    if (row.operation == of.operation() && row.join)
      return &row;
  return nullptr;
}

} // namespace inlay::onnx
