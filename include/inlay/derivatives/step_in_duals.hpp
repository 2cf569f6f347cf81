#pragma once

#include "inlay/derivatives/in_duals.hpp"
#include "inlay/state_numbers.hpp"
#include "inlay/stream.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <utility>

/// A step of a stream in dual numbers.
namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// f(along): along(k) is {y, s′} of a step from `from`, along number k of what is remembered, or beyond these of the input x.
template <class Net>
constexpr void with_step_in_duals(const Net& net, const stream<Net>& from, const typename Net::scalar* x, auto f) noexcept {
  using duals_net = in_duals<Net>;
  using number = typename duals_net::scalar;
  constexpr std::size_t states = state_size<Net>, inputs = stream<Net>::inputs;
  const auto before = get_state(from);
  with_duals(net, [&](const auto& duals) {
    f([&](std::size_t k) {
      std::array<number, states> s{};
      std::array<number, inputs> in{};
      for (std::size_t n = 0; n < states; ++n) s[n].value = before[n];
      for (std::size_t n = 0; n < inputs; ++n) in[n].value = x[n];
      (k < states ? s.data() + k : in.data() + (k - states))->tangent = 1;
      stream<duals_net> going{};
      set_state(going, s);
      auto y = going(duals, in);
      return std::pair{y, get_state(going)};
    });
  });
}

/// Bytes of the stack that it takes.
template <class Net>
constexpr std::size_t stack_of_step_in_duals() noexcept {
  if constexpr (!causal<Net> || !tells_state_in_numbers<Net> || !requires { typename in_duals<Net>; }) return 0; // said elsewhere
  else return stack_of_duals<Net>(1) + sizeof(stream<in_duals<Net>>);
}

} // namespace inlay::detail
