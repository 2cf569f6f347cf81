#include "net.hpp"

int main() {
  auto net = net_t{};
  inlay::initialize(net, 1);
  auto const x = net_t::input_type{1.0f, -2.0f, 3.0f};
  return net(x) == called_elsewhere(net, x) ? 0 : 1;
}
