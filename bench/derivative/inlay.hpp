#pragma once

#include "derivative/offer.hpp"

#include <inlay/inlay.hpp>

#include <array>
#include <memory>

namespace bench {

/// A static object of this type adds a net and what inlay has for it.
template <class Net>
class inlay_derivatives {
public:
  inlay_derivatives(std::string name, std::string topology) {
    const auto on = std::make_shared<memory>();
    for (std::size_t k = 0; k < Net::topology::storage; ++k) on->net.theta()[k] = 0;
    std::vector<float> theta(Net::parameter_count);
    for (std::size_t k = 0; k < theta.size(); ++k) theta[k] = derivative_parameter(k);
    inlay::set_parameters(on->net, std::span<const float, Net::parameter_count>(theta.data(), Net::parameter_count));
    for (std::size_t i = 0; i < Net::inputs; ++i) on->x[i] = derivative_input(i), on->dx[i] = 1;
    on->dy.fill(1);
    derivative_contender made{.name = "inlay"};
    made.value = derivative_loop([on] { on->net(on->x, on->y); });
    made.jvp = derivative_loop([on] { jvp(on->net, on->x, on->dx, on->y, on->jx); });
    made.vjp = derivative_loop([on] { vjp(on->net, on->x, on->dy, on->y, on->g); });
    made.jacobian = derivative_loop([on] { jacobian(on->net, on->x, on->y, on->J); });
    if constexpr (inlay::detail::fits_stack<Net, inlay::detail::stack_of_hessian<Net>()>)
      made.hessian = derivative_loop([on] { hessian(on->net, on->x, on->dy, on->y, on->g, on->H); });
    made.numbers = [on] {
      jacobian(on->net, on->x, on->y, on->J);
      return std::vector<double>(on->J.begin(), on->J.end());
    };
    derivative_nets().push_back({std::move(name), std::move(topology), Net::inputs, Net::outputs, Net::multiply_adds, {std::move(made)}});
  }

private:
  struct memory {
    Net net{};
    typename Net::input_type x{}, dx{}, g{};
    typename Net::output_type y{}, dy{}, jx{};
    std::array<float, Net::outputs * Net::inputs> J{};
    std::array<float, Net::inputs * Net::inputs> H{};
  };
};

} // namespace bench
