#include "interpreter/operators.hpp"

#include "interpreter/operator/arithmetic.hpp"
#include "interpreter/operator/batch_normalization.hpp"
#include "interpreter/operator/cast.hpp"
#include "interpreter/operator/clip.hpp"
#include "interpreter/operator/comparison.hpp"
#include "interpreter/operator/concat.hpp"
#include "interpreter/operator/constant.hpp"
#include "interpreter/operator/conv.hpp"
#include "interpreter/operator/elu.hpp"
#include "interpreter/operator/expand.hpp"
#include "interpreter/operator/exponential.hpp"
#include "interpreter/operator/gather.hpp"
#include "interpreter/operator/gelu.hpp"
#include "interpreter/operator/gemm.hpp"
#include "interpreter/operator/hard.hpp"
#include "interpreter/operator/identity.hpp"
#include "interpreter/operator/if.hpp"
#include "interpreter/operator/logic.hpp"
#include "interpreter/operator/matmul.hpp"
#include "interpreter/operator/normalization.hpp"
#include "interpreter/operator/pad.hpp"
#include "interpreter/operator/pool.hpp"
#include "interpreter/operator/quantization.hpp"
#include "interpreter/operator/random.hpp"
#include "interpreter/operator/range.hpp"
#include "interpreter/operator/recurrent.hpp"
#include "interpreter/operator/reduce.hpp"
#include "interpreter/operator/relu.hpp"
#include "interpreter/operator/reshape.hpp"
#include "interpreter/operator/scaler.hpp"
#include "interpreter/operator/shape.hpp"
#include "interpreter/operator/sigmoid.hpp"
#include "interpreter/operator/slice.hpp"
#include "interpreter/operator/softmax.hpp"
#include "interpreter/operator/softplus.hpp"
#include "interpreter/operator/softsign.hpp"
#include "interpreter/operator/split.hpp"
#include "interpreter/operator/tanh.hpp"
#include "interpreter/operator/transpose.hpp"
#include "interpreter/operator/trilu.hpp"

#include <string_view>

namespace inlay::onnx {

namespace {

using table_t = std::map<std::string_view, operator_row>;

/// One line for each file of operator/.
table_t table() {
  table_t all;
  const auto add = [&](operator_rows rows) {
    for (operator_row& row : rows)
      all.emplace(row.operation, std::move(row));
  };
  add(operators::arithmetic_rows());
  add(operators::batch_normalization_rows());
  add(operators::cast_rows());
  add(operators::clip_rows());
  add(operators::comparison_rows());
  add(operators::concat_rows());
  add(operators::constant_rows());
  add(operators::conv_rows());
  add(operators::elu_rows());
  add(operators::expand_rows());
  add(operators::exponential_rows());
  add(operators::gather_rows());
  add(operators::gelu_rows());
  add(operators::gemm_rows());
  add(operators::hard_rows());
  add(operators::identity_rows());
  add(operators::if_rows());
  add(operators::logic_rows());
  add(operators::matmul_rows());
  add(operators::normalization_rows());
  add(operators::pad_rows());
  add(operators::pool_rows());
  add(operators::quantization_rows());
  add(operators::random_rows());
  add(operators::range_rows());
  add(operators::recurrent_rows());
  add(operators::reduce_rows());
  add(operators::relu_rows());
  add(operators::reshape_rows());
  add(operators::scaler_rows());
  add(operators::shape_rows());
  add(operators::sigmoid_rows());
  add(operators::slice_rows());
  add(operators::softmax_rows());
  add(operators::softplus_rows());
  add(operators::softsign_rows());
  add(operators::split_rows());
  add(operators::tanh_rows());
  add(operators::transpose_rows());
  add(operators::trilu_rows());
  return all;
}

} // namespace

const operator_row* find_operator(const node& of) {
  static const table_t all = table();
  const auto found = all.find(of.operation());
  return found == all.end() ? nullptr : &found->second;
}

bool is_elementwise(const node& of) {
  const operator_row* row = find_operator(of);
  return row && row->by == computed_by::element;
}

} // namespace inlay::onnx
