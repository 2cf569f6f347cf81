#pragma once

#include "inlay/backpropagate.hpp"
#include "inlay/derivatives/in_duals.hpp"
#include "inlay/refusal/derivative.hpp"

#include <span>

namespace inlay::inline INLAY_INSTRUCTION_SET {
namespace detail {

/// The targets of some samples in duals, whose rows are those of the net itself.
template <class Net, class Loss, class Target>
struct wanted_in_duals {
  wanted<Net, Loss, Target> of;

  constexpr void operator()(std::size_t s, auto to) const noexcept {
    block<typename Net::scalar, Net::output_shape::steps, Net::output_shape::row::size> numbers;
    const auto from = numbers.view(Net::output_shape::steps);
    of(s, from);
    for (std::size_t t = 0; t < from.samples(); ++t) {
      for (std::size_t i = 0; i < from.size; ++i) to[t][i] = from[t][i];
      for (std::size_t i = from.size; i < to.stride; ++i) to[t][i] = 0;
    }
  }
  constexpr math::dual<typename Net::scalar> weight(std::size_t s, std::size_t t) const noexcept
    requires weighing_steps<wanted<Net, Loss, Target>>
  {
    return of.weight(s, t);
  }
};

} // namespace detail

/// Memory of the caller's for hvp() of a net that is too large for the stack, of which it then takes no more than one sample's pass.
/// Static, or on the heap; one call at a time may use it, and what is in it between calls means nothing.
template <class Net>
class hvp_workspace {
public:
  constexpr hvp_workspace() noexcept = default;
  hvp_workspace(const hvp_workspace&) = delete;
  hvp_workspace& operator=(const hvp_workspace&) = delete;

  detail::in_duals<Net> duals{}, grad{};
};

namespace detail {

/// Of the stack, with a workspace or without.
template <class Net, class... Workspace>
constexpr std::size_t stack_of_hvp() noexcept {
  return stack_of_duals<Net>(sizeof...(Workspace) > 0 ? 0 : 2);
}

template <class Net, class Target, class Loss>
constexpr void add_hvp(const Net& net, std::span<const typename Net::input_type> xs, std::span<const Target> targets, const Loss& loss,
                       const Net& v, Net& Hv, std::int64_t seed, hvp_workspace<Net>& place) noexcept {
  using duals_t = in_duals<Net>;
  require(xs.size() == targets.size(), "hvp", "as many targets as samples,", xs.size(), targets.size());
  if (xs.empty()) return;
  const kernel::denormals_are_zero guard;
  const typename Net::scalar mean = mean_of<Net>(loss, targets);
  auto &duals = place.duals, &grad = place.grad;
  grad = {};
  put_in_duals<Net>(net, &v, duals);
  constexpr std::size_t most = rows_together<call::batch_training, duals_t>();
  for_each_chunk<most>(xs.size(), evenly<Net>(xs.size(), most), [&]<std::size_t Samples>(std::size_t first, std::size_t count) {
    std::array<typename duals_t::scalar, Samples * Net::inputs> x{};
    for (std::size_t k = 0; k < count * Net::inputs; ++k) x[k] = xs[first + k / Net::inputs][k % Net::inputs];
    sweep<duals_t, Samples>(duals, x.data(), count, mean, training_pass<Net>(seed, first, count, xs.size()), loss,
                            wanted_in_duals<Net, Loss, Target>{wanted_from<Net>(loss, targets.data() + first)}, adding_to(grad));
  });
  for_each_parameter_of_both<Net, duals_t>([&](std::size_t at, std::size_t place) { Hv.theta()[at] += grad.theta()[place].tangent; });
}

template <class Net, class Target, class Loss>
constexpr void add_hvp(const Net& net, std::span<const typename Net::input_type> xs, std::span<const Target> targets, const Loss& loss,
                       const Net& v, Net& Hv, std::int64_t seed) noexcept {
  hvp_workspace<Net> place;
  add_hvp(net, xs, targets, loss, v, Hv, seed, place);
}

} // namespace detail

/// Adds H v to Hv, H the Hessian of the loss of one sample by the parameters, v a net of a direction; torch.autograd.functional.hvp, forward
/// over reverse, in dual numbers: twice two nets of the stack, within stack_budget<net_t>, or in a hvp_workspace. As in backpropagate the pass trains, so a net
/// with dropout wants the seed whose gradient it is, `{.seed = step}`.
template <class Net, class Target, class Loss>
  requires(detail::target_of<Target, Loss, Net> && detail::fits_stack<Net, detail::stack_of_hvp<Net>()>)
constexpr void hvp(const Net& net, std::span<const typename Net::scalar, Net::inputs> x, const Target& target, const Loss& loss,
                   const std::type_identity_t<Net>& v, std::type_identity_t<Net>& Hv, const pass_options& options) noexcept {
  typename Net::input_type one{};
  for (std::size_t i = 0; i < Net::inputs; ++i) one[i] = x[i];
  detail::add_hvp(net, std::span<const typename Net::input_type>(&one, 1), std::span<const Target>(&target, 1), loss, v, Hv, options.seed);
}
template <class Net, class Target, class Loss>
  requires(detail::target_of<Target, Loss, Net> && detail::fits_stack<Net, detail::stack_of_hvp<Net>()>)
constexpr void hvp(const Net& net, std::span<const typename Net::scalar, Net::inputs> x, const Target& target, const Loss& loss,
                   const std::type_identity_t<Net>& v, std::type_identity_t<Net>& Hv) noexcept {
  static_assert(!Net::topology::random, "a net with dropout trains with a seed: hvp(..., Hv, {.seed = step})");
  hvp(net, x, target, loss, v, Hv, pass_options{});
}

/// The same of the mean loss of a batch.
template <class Net, class Targets, class Loss>
  requires(detail::targets_of<Targets, Loss, Net> && detail::fits_stack<Net, detail::stack_of_hvp<Net>()>)
constexpr void hvp(const Net& net, std::span<const typename Net::input_type> xs, const Targets& targets, const Loss& loss,
                   const std::type_identity_t<Net>& v, std::type_identity_t<Net>& Hv, const pass_options& options) noexcept {
  detail::add_hvp(net, xs, detail::as_span(targets), loss, v, Hv, options.seed);
}
template <class Net, class Targets, class Loss>
  requires(detail::targets_of<Targets, Loss, Net> && detail::fits_stack<Net, detail::stack_of_hvp<Net>()>)
constexpr void hvp(const Net& net, std::span<const typename Net::input_type> xs, const Targets& targets, const Loss& loss,
                   const std::type_identity_t<Net>& v, std::type_identity_t<Net>& Hv) noexcept {
  static_assert(!Net::topology::random, "a net with dropout trains with a seed: hvp(..., Hv, {.seed = step})");
  hvp(net, xs, targets, loss, v, Hv, pass_options{});
}

/// The same with memory of the caller's, of one sample and of a batch.
template <class Net, class Target, class Loss>
  requires(detail::target_of<Target, Loss, Net> && detail::fits_stack<Net, detail::stack_of_hvp<Net, hvp_workspace<Net>>()>)
constexpr void hvp(const Net& net, std::span<const typename Net::scalar, Net::inputs> x, const Target& target, const Loss& loss,
                   const std::type_identity_t<Net>& v, std::type_identity_t<Net>& Hv, hvp_workspace<std::type_identity_t<Net>>& place,
                   const pass_options& options = {}) noexcept {
  typename Net::input_type one{};
  for (std::size_t i = 0; i < Net::inputs; ++i) one[i] = x[i];
  detail::add_hvp(net, std::span<const typename Net::input_type>(&one, 1), std::span<const Target>(&target, 1), loss, v, Hv, options.seed, place);
}
template <class Net, class Targets, class Loss>
  requires(detail::targets_of<Targets, Loss, Net> && detail::fits_stack<Net, detail::stack_of_hvp<Net, hvp_workspace<Net>>()>)
constexpr void hvp(const Net& net, std::span<const typename Net::input_type> xs, const Targets& targets, const Loss& loss,
                   const std::type_identity_t<Net>& v, std::type_identity_t<Net>& Hv, hvp_workspace<std::type_identity_t<Net>>& place,
                   const pass_options& options = {}) noexcept {
  detail::add_hvp(net, xs, detail::as_span(targets), loss, v, Hv, options.seed, place);
}

// What is refused: declared, never defined; the return type is the error.
template <class Net, class X, class Target, class Loss, class V, class HV, class... Options>
  requires(!std::same_as<V, Net> || !std::same_as<HV, Net> || !(detail::sample_of<X, Target, Loss, Net> || detail::batch_of<X, Target, Loss, Net>) ||
           (!detail::fits_stack<Net, detail::stack_of_hvp<Net>()> && !(std::same_as<Options, hvp_workspace<Net>> || ...)))
decltype(detail::say(detail::within_stack<Net, detail::stack_of_hvp<Net>(), detail::refused_hvp<X, Target, Loss, V, HV, Net>>{}))
hvp(const Net&, X&&, const Target&, const Loss&, const V&, HV&, const Options&...);
template <class Net, class X, class Target, class Loss, class... A>
  requires(sizeof...(A) < 2)
typename refused::derivative::template wants_arguments_after_the_net<5>::template but_gets<3 + sizeof...(A)>
hvp(const Net&, X&&, const Target&, const Loss&, const A&...);

} // namespace inlay
