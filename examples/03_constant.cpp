// A net can be a constant: evaluated by the compiler, proved by static_assert, stored in read-only memory.
//
// A tank that widens at 1 m and narrows again at 2 m holds 100, 300 and 200 litres per metre. Three ReLU
// units, one for each bend, make the gauge: height in metres -> litres.
#include <inlay/inlay.hpp>

#include <array>
#include <cstdio>

using gauge_t = inlay::network<inlay::input<1>, inlay::dense<3, inlay::relu>, inlay::dense<1>>;

constexpr gauge_t gauge = [] {
  gauge_t net{};
  // The height above each bend, and the change of slope there.
  net.layer<1>().assign(std::array{1.0f, 1.0f, 1.0f}, std::array{0.0f, -1.0f, -2.0f});
  net.layer<2>().assign(std::array{100.0f, 200.0f, -100.0f}, std::array{0.0f});
  return net;
}();

constexpr float litres(float height) { return gauge(gauge_t::input_type{height})[0]; }

static_assert(litres(0) == 0);
static_assert(litres(1) == 100);
static_assert(litres(1.5f) == 250);
static_assert(litres(2) == 400);
static_assert(litres(3) == 600);

int main() {
  int wrong = 0;
  for (const float height : {0.5f, 1.5f, 2.5f}) {
    std::printf("%.1f m: %3.0f litres\n", height, litres(height)); // the same function, now as SIMD code
    wrong += litres(height) != (height < 1 ? 50 : (height < 2 ? 250 : 500));
  }
  return wrong;
}
