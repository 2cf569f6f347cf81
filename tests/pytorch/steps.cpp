#include "sequence.hpp"

TEMPLATE_TEST_CASE("losses of steps of which some are left out agree with PyTorch", "[pytorch]", float, double) {
  using namespace inlay;
  using T = TestType;
  using net_t = basic_network<T, inlay::sequence<6, 3>, gru<4>, dense<5>>;
  constexpr std::size_t count = 11;
  const pytorch::comparison<net_t> net{"steps", pytorch::sequence_expected, count, 1};
  const auto u = pytorch::samples<typename net_t::output_type>("steps targets", count);
  const auto masks = pytorch::samples<std::array<T, 6>>("steps mask", count);
  std::vector<std::array<int, 6>> classes(count);
  std::vector<masked_target<net_t>> targets(count);
  for (std::size_t s = 0; s < count; ++s) {
    targets[s].target = u[s];
    for (std::size_t t = 0; t < 6; ++t) {
      targets[s].mask[t] = t < 4 ? 1 - std::max(T(0), masks[s][t]) : T(0);
      classes[s][t] = targets[s].mask[t] < T(0.5) ? -100 : static_cast<int>((u[s][5 * t] + 1) / 2 * 5);
    }
  }
  net.loss("cross_entropy", cross_entropy{}, classes);
  net.loss("weighted_cross_entropy", weighted_cross_entropy<5>{{0.25, 0.5, 0.75, 1, 1.25}}, classes);
  net.loss("mean_squared_error", masked<mean_squared_error>{}, targets);
}
