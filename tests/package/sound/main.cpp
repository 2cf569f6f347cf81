#include <amp.hpp>

#include <cstdio>

int main() {
  auto stream = amp.stream();
  std::array<amp_t::net_t::step_input_type, 64> xs{{{1.0f}}};
  std::array<amp_t::net_t::step_output_type, 64> ys{};
  amp(stream, xs, ys);
  auto again = amp.stream();
  if (ys[0] != amp(again, xs[0])) return 1;
  std::printf("%.9g of %s\n", static_cast<double>(ys[0][0]), amp.source.data());
}
