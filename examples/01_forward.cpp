// A net is a type with static sizes; a value of it holds the parameters. This one computes |a - b|.
#include <inlay/inlay.hpp>

#include <array>
#include <cstdio>

using net_t = inlay::network<inlay::input<2>, inlay::dense<2, inlay::relu>, inlay::dense<1>>;

int main() {
  net_t net{};
  // relu(a - b) and relu(b - a), and their sum
  net.layer<1>().assign(std::array{1.0f, -1.0f, -1.0f, 1.0f}, std::array{0.0f, 0.0f});
  net.layer<2>().assign(std::array{1.0f, 1.0f}, std::array{0.0f});

  const net_t::input_type x{3, 5};
  const net_t::output_type y = net(x);
  std::printf("|%g - %g| = %g, with %zu parameters\n", x[0], x[1], y[0], net_t::parameter_count);
  return y[0] == 2 ? 0 : 1;
}
