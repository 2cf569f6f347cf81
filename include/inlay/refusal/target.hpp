#pragma once

#include "inlay/layer.hpp"
#include "inlay/loss/each.hpp"
#include "inlay/loss/masked.hpp"
#include "inlay/refusal/verdict.hpp"
#include "inlay/target.hpp"

#include <concepts>
#include <cstddef>
#include <span>
#include <tuple>
#include <type_traits>

/// Which sentence of refusal/words.hpp is said of a loss, its target, a gradient, an optimizer.
namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

template <class Loss, class Net, class Numbers = std::span<const typename Net::scalar, Net::outputs>>
struct wanted_target : std::type_identity<Numbers> {};
template <class Loss, class Net, class Numbers>
  requires(takes_class<Loss, Net> && takes_numbers<Loss, Net>)
struct wanted_target<Loss, Net, Numbers> : std::type_identity<refused::class_index_or<Numbers>> {};
template <class Loss, class Net, class Numbers>
  requires(takes_class<Loss, Net> && !takes_numbers<Loss, Net>)
struct wanted_target<Loss, Net, Numbers> : std::type_identity<std::size_t> {};

template <class Loss, class Net, class Numbers>
  requires(loss_of_heads<Loss> && net_with_heads<Net> && short_target<Loss, Net> != Net::outputs)
struct wanted_target<Loss, Net, Numbers>
    : std::type_identity<refused::numbers_or_shorter_with_indices_of_classes<
          Numbers, std::span<const typename Net::scalar, short_target<Loss, Net>>>> {};

template <class Loss, class Net, class Numbers>
  requires takes_mask<Loss, Net>
struct wanted_target<Loss, Net, Numbers> : std::type_identity<masked_target<Net>> {};

template <class Loss, class Net>
using after_last_layer = typename refused::loss<Loss>::template after_layer<Net::depth>;

/// What to do instead: of sigmoid and softmax there is a loss of their outputs.
template <class Loss, class Net>
struct logits_or : after_last_layer<Loss, Net>::wants_logits_of_the_identity {};
template <class Loss, class Net>
  requires(std::same_as<last_activation<Net>, sigmoid> || std::same_as<last_activation<Net>, softmax>)
struct logits_or<Loss, Net> : after_last_layer<Loss, Net>::wants_logits_of_the_identity_or_negative_log_likelihood {};

/// A loss of the program's own with the members that losses had before.
template <class Loss, class Net, class T = typename Net::scalar>
concept former_loss = !weighs_other_classes<Loss, Net> && !takes_logits_of_probabilities<Loss, Net> && !loss_of_heads<Loss> && !net_with_heads<Net> &&
                      requires(const Loss& loss, sample_rows<T, typename Net::output_shape::row> row, T scale) { loss.gradient(row, row, row, scale); };

template <class Target, class Loss, class Net>
struct refused_target : found<typename after_last_layer<Loss, Net>::template wants_target<typename wanted_target<Loss, Net>::type>,
                              Target, typename Net::scalar> {};
template <class Target, class Loss, class Net>
  requires(!takes_some<Loss, Net> && !weighs_other_classes<Loss, Net> && !former_loss<Loss, Net>)
struct refused_target<Target, Loss, Net> : std::type_identity<refused::wants_a_loss::but_gets<Loss>> {};
template <class Target, class Loss, class Net>
  requires former_loss<Loss, Net>
struct refused_target<Target, Loss, Net>
    : std::type_identity<refused::wants_a_loss::with_encode_target_and_value_and_gradient_not_row_and_gradient<Loss>> {};
template <class Target, class Loss, class Net>
  requires(takes_some<Loss, Net> && !fits_last_layer<Loss, Net> && !loss_of_heads<Loss> && !former_loss<Loss, Net> &&
           !net_with_heads<Net> && !takes_logits_of_probabilities<Loss, Net>)
struct refused_target<Target, Loss, Net>
    : std::type_identity<typename after_last_layer<Loss, Net>::wants_another_activation::template but_gets<last_activation<Net>>> {};

template <class Target, class Loss, class Net>
  requires weighs_other_classes<Loss, Net>
struct refused_target<Target, Loss, Net>
    : std::type_identity<
          typename after_last_layer<Loss, Net>::template wants_class_weights<Net::outputs>::template but_gets<Loss::classes>> {};
template <class Target, class Loss, class Net>
  requires(takes_some<Loss, Net> && takes_logits_of_probabilities<Loss, Net>)
struct refused_target<Target, Loss, Net>
    : std::type_identity<typename logits_or<Loss, Net>::template but_gets<last_activation<Net>>> {};

/// Which of a net's heads has a loss that does not fit it, the first; or none, or too few losses.
template <class Loss, class Net, class Last = last_activation<Net>>
struct refused_heads : std::type_identity<typename after_last_layer<Loss, Net>::wants_heads_as_the_last_layer::template but_gets<
                           typename Net::topology::template layer<Net::depth>>> {};
template <class... Losses, class Net, class... Heads>
struct refused_heads<each<Losses...>, Net, activations_of_heads<Heads...>>
    : std::type_identity<typename after_last_layer<each<Losses...>, Net>::template wants_losses<sizeof...(Heads)>::template but_gets<sizeof...(Losses)>> {};
template <std::size_t k, class Loss, class Head>
using refused_head = typename refused::loss<Loss>::template after_head<k>::wants_another_activation::template but_gets<typename Head::activation>;
template <class T, class Losses, class Heads, std::size_t k = 0>
constexpr auto find_refused_head() noexcept {
  using loss = std::tuple_element_t<k, Losses>;
  using head = std::tuple_element_t<k, Heads>;
  if constexpr (k + 1 < std::tuple_size_v<Heads> && fits_head<loss, head, T>) return find_refused_head<T, Losses, Heads, k + 1>();
  else return std::type_identity<refused_head<k + 1, loss, head>>{};
}
template <class T, class Losses, class Heads>
using first_refused_head = typename decltype(find_refused_head<T, Losses, Heads>())::type;
template <class... Losses, class Net, class... Heads>
  requires(sizeof...(Losses) == sizeof...(Heads))
struct refused_heads<each<Losses...>, Net, activations_of_heads<Heads...>>
    : std::type_identity<first_refused_head<typename Net::scalar, std::tuple<Losses...>, std::tuple<Heads...>>> {};
template <class Target, class Loss, class Net>
  requires(loss_of_heads<Loss> && !fits_last_layer<Loss, Net>)
struct refused_target<Target, Loss, Net> : refused_heads<Loss, Net> {};
template <class Target, class Loss, class Net>
  requires(takes_some<Loss, Net> && !loss_of_heads<Loss> && net_with_heads<Net> &&
           !fits_last_layer<Loss, Net> && !takes_logits_of_probabilities<Loss, Net>)
struct refused_target<Target, Loss, Net>
    : std::type_identity<typename after_last_layer<Loss, Net>::template wants_each_of<Net::output_shape::row::count>::template but_gets<Loss>> {};

template <class Targets, class Loss, class Net>
struct refused_targets
    : std::type_identity<typename after_last_layer<Loss, Net>::template wants_targets<typename wanted_target<Loss, Net>::type>::
                             template but_gets<Targets>> {};
/// All numbers of a batch's targets, one after the other, of a loss that knows nothing but numbers.
template <class Targets, class Loss, class Net>
concept flat_targets = requires { typename element<Targets>; } && takes_numbers<Loss, Net> && !takes_class<Loss, Net> &&
                       fits_last_layer<Loss, Net> && std::same_as<element<Targets>, typename Net::scalar>;
template <class Targets, class Loss, class Net>
  requires(!flat_targets<Targets, Loss, Net> && requires { typename element<Targets>; })
struct refused_targets<Targets, Loss, Net> : refused_target<element<Targets>, Loss, Net> {};
template <class Targets, class Loss, class Net>
  requires flat_targets<Targets, Loss, Net>
struct refused_targets<Targets, Loss, Net>
    : std::type_identity<typename after_last_layer<Loss, Net>::template wants_targets<typename wanted_target<Loss, Net>::type>::
                             template but_gets_flat_numbers<Targets>> {};

template <class X, class Target, class Loss, class Net>
struct refused_sample : std::conditional_t<numbers<X, const typename Net::scalar, Net::inputs>,
                                           refused_target<Target, Loss, Net>, refused_input<X, Net>> {};

template <class Xs, class Targets, class Loss, class Net>
struct refused_batch
    : std::conditional_t<arrays<Xs, const typename Net::input_type>, refused_targets<Targets, Loss, Net>, refused_inputs<Xs, Net>> {};

/// A batch, right or wrong: of arrays, or with a target for each sample.
template <class X, class Target, class Loss, class Net>
concept meant_as_batch = batch_like<X> || (of_unknown_length<std::remove_cvref_t<X>, typename Net::scalar> &&
                                           !target_of<Target, Loss, Net> &&
                                           (batch_like<const Target> || targets_of<Target, Loss, Net>));

template <class X, class Target, class Loss, class Net, class Grad>
struct refused_backpropagate : std::conditional_t<meant_as_batch<X, Target, Loss, Net>, refused_batch<X, Target, Loss, Net>, refused_sample<X, Target, Loss, Net>> {};
template <class X, class Target, class Loss, class Net, class Grad>
  requires(sample_of<X, Target, Loss, Net> || batch_of<X, Target, Loss, Net>)
struct refused_backpropagate<X, Target, Loss, Net, Grad>
    : std::type_identity<typename refused::wants_gradient<Net>::template but_gets<Grad>> {};

/// All but the gradient, or else what is wrong with it.
template <class X, class Target, class Loss, class Net>
struct refused_without_gradient : refused_backpropagate<X, Target, Loss, Net, Net> {};
template <class X, class Target, class Loss, class Net>
  requires(sample_of<X, Target, Loss, Net> || batch_of<X, Target, Loss, Net>)
struct refused_without_gradient<X, Target, Loss, Net>
    : std::type_identity<refused::backpropagate::wants_grad_after_loss<Net>> {};

/// A batch with a workspace: of one sample the batch is wrong.
template <class X, class Target, class Loss, class Net, class Grad, class Workspace>
struct refused_with_workspace : refused_batch<X, Target, Loss, Net> {};
template <class X, class Target, class Loss, class Net, class Grad, class Workspace>
  requires batch_of<X, Target, Loss, Net>
struct refused_with_workspace<X, Target, Loss, Net, Grad, Workspace>
    : std::type_identity<typename refused::wants_gradient<Net>::template but_gets<Grad>> {};
template <class X, class Target, class Loss, class Net, class Workspace>
  requires batch_of<X, Target, Loss, Net>
struct refused_with_workspace<X, Target, Loss, Net, Net, Workspace> : refused_workspace<Workspace, Net> {};

/// Unless it is the optimizer that does not fit, `Otherwise` is said.
template <class Optimizer, class Otherwise, class Net>
struct refused_train_step : Otherwise {};
template <class Optimizer, class Otherwise, class Net>
  requires(std::is_const_v<Net>)
struct refused_train_step<Optimizer, Otherwise, Net> : std::type_identity<typename refused::train_step::template wants_to_change<Net>> {};
template <class Optimizer, class Otherwise, class Net>
  requires(!std::is_const_v<Net> && !optimizer_of<Optimizer, Net>)
struct refused_train_step<Optimizer, Otherwise, Net>
    : std::type_identity<typename refused::wants_optimizer_of<Net>::template but_gets<Optimizer>> {};

/// A batch with all but its gradient, or else what is wrong with a sample.
template <class X, class Target, class Loss, class Net>
struct refused_single_step : refused_sample<X, Target, Loss, Net> {};
template <class X, class Target, class Loss, class Net>
  requires(meant_as_batch<X, Target, Loss, Net> && !batch_of<X, Target, Loss, Net>)
struct refused_single_step<X, Target, Loss, Net> : refused_batch<X, Target, Loss, Net> {};
template <class X, class Target, class Loss, class Net>
  requires batch_of<X, Target, Loss, Net>
struct refused_single_step<X, Target, Loss, Net>
    : std::type_identity<refused::train_step_of_a_batch::wants_grad_after_targets<Net>> {};

/// Validation data without their targets, or else what is wrong with the batch.
template <class Xs, class Targets, class Loss, class Net, class Vx>
struct refused_validation : refused_batch<Xs, Targets, Loss, Net> {};
template <class Xs, class Targets, class Loss, class Net, class Vx>
  requires batch_of<Xs, Targets, Loss, Net>
struct refused_validation<Xs, Targets, Loss, Net, Vx>
    : std::type_identity<refused::fit::wants_validation_targets_after<std::remove_cvref_t<Vx>>> {};
template <class Xs, class Targets, class Loss, class Net, class Vx>
  requires(batch_of<Xs, Targets, Loss, Net> && requires(Vx checkpoint) { checkpoint.name(); })
struct refused_validation<Xs, Targets, Loss, Net, Vx> : std::type_identity<refused::fit::wants_options_before_a_checkpoint> {};

template <class Optimizer, class Xs, class Targets, class Loss, class Net>
using refused_fit = refused_train_step<Optimizer, refused_batch<Xs, Targets, Loss, Net>, Net>;

/// Neither targets nor a reader, or what is wrong with that.
template <class X>
concept meant_as_reader = requires { typename X::target_type; } || requires { &X::read; };
template <class X, class Loss, class Net>
constexpr auto refused_reader() noexcept {
  using reader = std::remove_cvref_t<X>;
  using words = refused::fit::wants_a_reader;
  if constexpr (!meant_as_reader<reader>)
    return std::type_identity<refused::fit::wants_samples_and_targets_or_a_reader::but_gets<reader>>{};
  else if constexpr (!requires { requires target_of<typename reader::target_type, Loss, Net>; })
    return std::type_identity<words::with_target_type_of_the_loss_not<reader>>{};
  else if constexpr (!requires(reader& r, std::size_t epoch) { r.begin(epoch); })
    return std::type_identity<words::with_begin_of_an_epoch_not<reader>>{};
  else if constexpr (!requires(reader& r, std::span<typename Net::input_type> xs, std::span<typename reader::target_type> ys) {
                       { r.read(xs, ys) } -> std::convertible_to<std::size_t>;
                     })
    return std::type_identity<words::with_read_of_two_spans_that_returns_how_many_not<reader>>{};
  else return std::type_identity<words::that_is_not_const_as<reader>>{};
}
template <class Optimizer, class X, class Loss, class Net>
struct refused_without_targets : refused_train_step<Optimizer, decltype(refused_reader<X, Loss, Net>()), Net> {};

/// Unless it is what stands before it that does not fit.
template <class Optimizer, class Checkpoint, class Xs, class Targets, class Loss, class Net>
struct refused_checkpoint : refused_fit<Optimizer, Xs, Targets, Loss, Net> {};
template <class Optimizer, class Checkpoint, class Xs, class Targets, class Loss, class Net>
  requires(optimizer_of<Optimizer, Net> && batch_of<Xs, Targets, Loss, Net>)
struct refused_checkpoint<Optimizer, Checkpoint, Xs, Targets, Loss, Net>
    : std::type_identity<refused::fit::wants_checkpoint::but_gets<Checkpoint>> {};

} // namespace inlay::detail
