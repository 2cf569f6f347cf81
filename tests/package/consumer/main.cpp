#include <inlay/inlay.hpp>

#include <cstdio>

// What the README's first program does, so that a package which compiles also computes.
int main() {
  using net_t = inlay::network<inlay::input<2>, inlay::dense<3, inlay::relu>, inlay::dense<1>>;

  net_t net{};
  net.layer<1>().assign(std::array{1.0f, 2.0f, 3.0f, 4.0f, 5.0f, 6.0f}, std::array{0.0f, 0.0f, -100.0f});
  net.layer<2>().assign(std::array{1.0f, 10.0f, 1000.0f}, std::array{0.5f});

  auto const y = net(net_t::input_type{1.0f, 1.0f})[0]; // 3 + 10 * 7 + 1000 * relu(11 - 100) + 0.5
  std::printf("%g\n", static_cast<double>(y));
  return y == 73.5f ? 0 : 1;
}
