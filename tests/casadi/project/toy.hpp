// A net for CasADi, its parameters a formula that check.py has, too.
#pragma once

#include <inlay/inlay.hpp>

#include <cstddef>
#include <vector>

using toy_t = inlay::network<inlay::input<6>, inlay::dense<64, inlay::tanh>, inlay::dense<64, inlay::tanh>, inlay::dense<2>>;
inline const toy_t toy = [] {
  toy_t net{};
  std::vector<float> theta(toy_t::parameter_count);
  for (std::size_t k = 0; k < theta.size(); ++k) theta[k] = (static_cast<float>(k * 7919 % 1009) - 504) / 1024;
  inlay::set_parameters(net, std::span<const float, toy_t::parameter_count>(theta.data(), toy_t::parameter_count));
  return net;
}();
