// The address and undefined sanitizers in the user's program: nothing to say of a fit, but of each read past the caller's
// memory. The argument says which is planted.
#include <inlay/inlay.hpp>

#include <cstdio>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

using net_t = inlay::network<inlay::input<64>, inlay::dense<64, inlay::relu>, inlay::dense<64, inlay::relu>, inlay::dense<10>>;
using norm_t = inlay::network<inlay::input<5>, inlay::layer_norm<>>;

int main(int, char** arguments) {
  const std::string_view planted = arguments[1];
  const auto net = std::make_unique<net_t>();
  inlay::initialize(*net, 1);
  if (planted == "nothing") {
    const auto optimizer = std::make_unique<inlay::adam<net_t>>();
    std::vector<net_t::input_type> xs(40);
    std::vector<net_t::output_type> targets(40);
    for (std::size_t s = 0; s < xs.size(); ++s) xs[s][s] = targets[s][s % 10] = 1;
    const auto losses = inlay::fit(*net, *optimizer, inlay::mean_squared_error{}, xs, targets, {.epochs = 100});
    std::printf("loss %s, %g -> %g\n", losses.back() < losses.front() / 2 ? "halved" : "did not fall", losses.front(), losses.back());
  } else if (planted == "input") {
    const std::vector<float> x(63); // one too few
    std::printf("%g\n", static_cast<double>((*net)(std::span<const float, 64>(x.data(), 64))[0]));
  } else if (planted == "output") {
    std::vector<float> y(9);
    (*net)(net_t::input_type{}, std::span<float, 10>(y.data(), 10));
  } else if (planted == "norm") { // reads a part of a register
    const std::vector<float> x(4);
    std::printf("%g\n", static_cast<double>(norm_t()(std::span<const float, 5>(x.data(), 5))[0]));
  } else if (planted == "batch") {
    const std::vector<net_t::input_type> xs(6);
    std::vector<net_t::output_type> ys(7);
    (*net)(std::span<const net_t::input_type>(xs.data(), 7), ys);
  }
}
