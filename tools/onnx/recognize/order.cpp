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

/// A selection of few runs of features that a transpose of so many rows puts in the order wanted, as h and c of an LSTM that are
/// stacked along their last axis; 0 rows if there is none.
std::pair<std::size_t, std::vector<std::size_t>> runs_before_transpose(const std::vector<std::size_t>& from) {
  std::size_t fewest = most_runs + 1;
  std::pair<std::size_t, std::vector<std::size_t>> best{0, {}};
  for (std::size_t rows = 2; rows <= from.size() / 2; ++rows) {
    if (from.size() % rows)
      continue;
    std::vector<std::size_t> before(from.size());
    for (std::size_t i = 0; i < from.size(); ++i)
      before[place_in_transpose(i, from.size() / rows, rows)] = from[i];
    std::size_t runs = 1;
    for (std::size_t i = 1; i < before.size(); ++i)
      runs += before[i] != before[i - 1] + 1;
    if (runs < fewest)
      fewest = runs, best = {rows, std::move(before)};
  }
  return best;
}

/// Exchanges rows and columns; where numbers do not lie in such a shape they get it.
void add_transpose(const std::string& title, std::size_t rows, std::size_t columns, std::vector<step>& into) {
  step shaped{step::kind::layer, title}, one{step::kind::transpose, title};
  shaped.layer = make_reshape({rows, columns});
  one.layer = make_transpose(rows, columns);
  into.push_back(std::move(shaped)), into.push_back(std::move(one));
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
  one.from = from, one.features = here.features;
  if (rows > 0) {
    begin_with(here, {rows, here.features / rows}, into);
    add_transpose(title, rows, here.features / rows, into);
  } else if (permuted && !behind_dense(into)) {
    const auto [of_runs, runs] = runs_before_transpose(from);
    if (of_runs == 0)
      return false;
    one.from = runs;
    into.push_back(std::move(one));
    add_transpose(title, of_runs, here.features / of_runs, into);
  } else {
    into.push_back(std::move(one));
  }
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
