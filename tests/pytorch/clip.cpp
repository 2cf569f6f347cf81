#include "agreement.hpp"

#include <inlay/inlay.hpp>

namespace {

constexpr pytorch::quantity expected[] = {
#include "expected/clip.inc"
};

/// A thousand parameters in two layers.
template <class T>
using net_of = inlay::basic_network<T, inlay::input<11>, inlay::dense<45, inlay::tanh>, inlay::dense<10>>;

template <class T>
void clipped(const std::string& scale, double by) {
  using net_t = net_of<T>;
  static_assert(net_t::parameter_count == 1000);
  for (const char* max_norm : {"0.5", "4"}) {
    const std::string name = "scale " + scale + " max_norm " + max_norm;
    net_t grad{};
    const auto numbers = pytorch::numbers<double>("clip gradient", 1000);
    std::array<T, 1000> scaled{};
    for (std::size_t k = 0; k < 1000; ++k)
      scaled[k] = static_cast<T>(numbers[k] * by);
    inlay::set_parameters(grad, scaled);
    const T norm = inlay::clip_gradient_norm(grad, static_cast<T>(std::stod(max_norm)));
    pytorch::check<T>(std::array{norm}, expected, name + " norm");
    pytorch::check<T>(inlay::get_parameters(grad), expected, name + " clipped");
  }
}

} // namespace

TEMPLATE_TEST_CASE("a clipped gradient agrees with clip_grad_norm_", "[pytorch]", float, double) {
  clipped<TestType>("1", 1);
  clipped<TestType>("0.001", 1e-3);
  clipped<TestType>("1e+30", 1e30); // whose squares no float holds
  if constexpr (std::same_as<TestType, double>)
    clipped<TestType>("1e+150", 1e150); // and these nearly none a double
}
