#include "recognize/order.hpp"

#include "recognize/layers.hpp"

#include <algorithm>
#include <numeric>

namespace inlay::onnx {

namespace {

/// Which feature each element of a sample is; empty where samples have others each.
std::vector<std::size_t> features_of_sample(const follower& here) {
  std::vector<std::vector<std::size_t>> of(here.samples);
  for (const std::size_t at : here.where)
    of[at / here.features].push_back(at % here.features);
  for (const auto& other : of)
    if (other != of[0])
      return {};
  return of[0];
}

/// The rows of the transpose that puts these features in their order; 0 if none does.
std::size_t rows_of_transpose(const std::vector<std::size_t>& from, std::size_t features) {
  if (from.size() != features || features < 2)
    return 0;
  const std::size_t columns = from[1]; // what is to be number 1 is the first of the second row now
  if (columns < 2 || features % columns)
    return 0;
  const std::size_t rows = features / columns;
  for (std::size_t i = 0; i < features; ++i)
    if (from[i] != place_in_transpose(i, columns, rows))
      return 0;
  return rows;
}

/// Whether these features can be the rows of a dense layer, with nothing but activations and scales behind it.
bool behind_dense(const std::vector<step>& into) {
  for (std::size_t i = into.size(); i-- > 0;)
    if (into[i].is == step::kind::linear)
      return into[i].layer.is_a("dense");
    else if (into[i].is != step::kind::activation && into[i].is != step::kind::scale && into[i].is != step::kind::selection)
      return false;
  return false;
}

} // namespace

bool put_in_order(follower& here, const std::string& title, std::vector<step>& into) {
  const auto from = features_of_sample(here);
  if (from.empty())
    return false;
  std::vector<std::size_t> sorted(from);
  std::sort(sorted.begin(), sorted.end());
  const bool permuted = sorted.size() == here.features && std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end();
  if (permuted && std::is_sorted(from.begin(), from.end()))
    return true;
  const std::size_t rows = behind_dense(into) ? 0 : rows_of_transpose(from, here.features);
  step one{step::kind::selection, title};
  if (rows > 0) {
    const std::vector<std::size_t> shape{rows, here.features / rows};
    begin_with(here, shape, into);
    one.is = step::kind::transpose;
    one.layer = make_transpose(shape[0], shape[1]);
  } else if (permuted && !behind_dense(into)) {
    return false;
  }
  one.from = from, one.features = here.features;
  into.push_back(std::move(one));
  std::vector<std::size_t> next(here.samples, 0);
  for (std::size_t& at : here.where) {
    const std::size_t sample = at / here.features;
    at = sample * from.size() + next[sample]++;
  }
  here.features = from.size();
  return true;
}

void begin_with(follower& here, const std::vector<std::size_t>& shape, const std::vector<step>& into) {
  if (here.over_time)
    return;
  std::size_t input = here.inputs.size() == 1 ? 1 : 0;
  for (const step& one : into)
    if (one.is == step::kind::input)
      input = one.layer.number("k");
    else if (one.is != step::kind::scale && one.is != step::kind::activation)
      return; // else fold() sees to it that the shapes fit
  const bool first = &into == &here.steps || here.inputs.size() > 1;
  if (first && input > 0)
    here.inputs[input - 1].shape = shape, here.inputs[input - 1].shaped = true;
}

} // namespace inlay::onnx
