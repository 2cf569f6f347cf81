// 300 layers compile with the default limits of both compilers, and what is written for one layer goes through all.
#include <inlay/inlay.hpp>

#include <cmath>
#include <cstddef>
#include <cstdio>
#include <span>
#include <utility>

namespace {

template <class Layer, class>
struct repeated;
template <class Layer, std::size_t... l>
struct repeated<Layer, std::index_sequence<l...>> {
  template <std::size_t>
  using same = Layer;
  using net = inlay::network<inlay::input<8>, same<l>...>;
};
using net_t = repeated<inlay::dense<8, inlay::tanh>, std::make_index_sequence<300>>::net;
static_assert(net_t::depth == 300);

net_t net, copy;
inlay::adam<net_t> optimizer;
std::array<float, net_t::parameter_count> parameters;

} // namespace

int main() {
  inlay::initialize(net, 1);
  parameters = inlay::get_parameters(net);
  inlay::set_parameters(copy, parameters);
  const bool equal = net == copy && parameters[parameters.size() - 9] != 0; // the last layer has weights
  const net_t::input_type x{1, -1, 1, -1, 1, -1, 1, -1};
  const net_t::output_type target{1};
  const auto before = net(x);
  const float loss = inlay::train_step(net, optimizer, inlay::mean_squared_error{}, x, target);
  float expected = 0;
  for (std::size_t o = 0; o < net_t::outputs; ++o) expected += (before[o] - target[o]) * (before[o] - target[o]) / 8;
  const bool learnt = std::abs(loss - expected) <= 1e-6f && !(net == copy);
  std::printf("parameters there and back: %d, a step: %d\n", equal, learnt);
  return equal && learnt ? 0 : 1;
}
