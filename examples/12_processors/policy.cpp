// One unit for each processor: the same source, compiled with another -march and another name in PROCESSOR.
#include "policy.hpp"

#include <inlay/inlay.hpp>

namespace {

using net_t = inlay::network<inlay::input<3>, inlay::dense<32, inlay::tanh>, inlay::dense<32, inlay::tanh>, inlay::dense<1>>;

// A constant: what ran before main() would run on every processor.
constexpr net_t net = [] {
  net_t made{};
  inlay::initialize(made, 1);
  return made;
}();

} // namespace

policy::action policy::PROCESSOR::act(const observation& x) noexcept { return net(x); }
