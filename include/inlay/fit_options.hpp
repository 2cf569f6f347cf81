#pragma once

#include "inlay/layer_indices.hpp"
#include "inlay/owned_function.hpp"
#include "inlay/refusal/verdict.hpp"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace inlay::inline INLAY_INSTRUCTION_SET {

/// Returned by a callback of fit: whether this epoch is the last.
struct stop_training {
  bool value = true;
};

namespace detail {

struct epoch_result {
  std::size_t epoch;
  double loss, validation_loss;
};
struct rate {
  double value;
};

template <class F>
concept on_epoch_with_validation = std::invocable<F&, std::size_t, double, double>;
template <class F>
concept on_epoch_arguments = on_epoch_with_validation<F> || std::invocable<F&, std::size_t, double>;

template <class F>
struct returned_by : std::type_identity<void> {};
template <class F>
  requires on_epoch_with_validation<F>
struct returned_by<F> : std::invoke_result<F&, std::size_t, double, double> {};
template <class F>
  requires(!on_epoch_with_validation<F> && on_epoch_arguments<F>)
struct returned_by<F> : std::invoke_result<F&, std::size_t, double> {};

template <class F>
concept epoch_function = on_epoch_arguments<F> && (std::is_void_v<typename returned_by<F>::type> ||
                                                   std::same_as<typename returned_by<F>::type, stop_training>);
template <class F>
concept rate_function = requires(F& f, std::size_t step) {
  { f(step) } -> std::convertible_to<double>;
};

template <class Number>
concept rate_number = std::is_arithmetic_v<Number> && !std::same_as<Number, bool>;

template <class F, class Self>
concept no_rate = !std::same_as<F, Self> && !rate_function<F> && !rate_number<F>;

template <class F>
struct refused_on_epoch : std::type_identity<refused::on_epoch::wants_to_take<std::size_t, double>::but_gets<F>> {};
template <class F>
  requires on_epoch_arguments<F>
struct refused_on_epoch<F> : std::type_identity<refused::on_epoch::wants_nothing_or_stop_training_returned::but_gets<
                                 typename returned_by<F>::type>> {};

} // namespace detail

/// What fit calls after each epoch: callback(epoch, loss) or callback(epoch, loss, validation loss), the epoch from 0. It
/// returns nothing or stop_training{bool}.
class epoch_callback {
public:
  epoch_callback() = default;
  epoch_callback(std::nullptr_t) {}

  template <class F>
    requires(!std::same_as<F, epoch_callback> && detail::epoch_function<F>)
  epoch_callback(F f) {
    if constexpr (requires { f == nullptr; })
      if (f == nullptr) return;
    call_ = function([f = std::move(f)](const detail::epoch_result& at) mutable {
      const auto call = [&] {
        if constexpr (detail::on_epoch_with_validation<F>) return f(at.epoch, at.loss, at.validation_loss);
        else return f(at.epoch, at.loss);
      };
      if constexpr (std::is_void_v<decltype(call())>) return call(), stop_training{false};
      else return call();
    });
  }

  // What is refused, see refusal/words.hpp: declared, never defined.
  template <class F>
    requires(!detail::epoch_function<F> && !detail::refuses_by_consteval)
  epoch_callback(F, decltype(detail::say(detail::refused_on_epoch<F>{})) = {});
  template <class F, class Sentence = typename detail::refused_on_epoch<F>::type>
    requires(!detail::epoch_function<F> && detail::refuses_by_consteval)
  consteval epoch_callback(F); // wanted: epoch, loss, and a validation loss if you like; nothing or stop_training{...} returned

  /// Whether training ends here.
  bool operator()(const detail::epoch_result& at) const { return call_ && call_(at).value; }

private:
  using function = detail::owned_function<stop_training(const detail::epoch_result&)>;
  function call_;
};

/// A learning rate as a function of the step, counted from 0 over all epochs: of schedule.hpp, or anything to call; or a
/// number, for all steps.
class learning_rate_function {
public:
  learning_rate_function() = default;

  template <class F>
    requires(!std::same_as<F, learning_rate_function> && detail::rate_function<F>)
  learning_rate_function(F f)
      : call_([f = std::move(f)](std::size_t step) mutable { return detail::rate{static_cast<double>(f(step))}; }) {}

  template <class Number>
    requires detail::rate_number<Number>
  learning_rate_function(Number rate) : call_([rate](std::size_t) { return detail::rate{static_cast<double>(rate)}; }) {}

  // What is refused, see refusal/words.hpp: declared, never defined.
  template <class F>
    requires(detail::no_rate<F, learning_rate_function> && !detail::refuses_by_consteval)
  learning_rate_function(F, refused::learning_rate::wants_a_number_or_a_function::but_gets<F> = {});
  template <class F, class Sentence = refused::learning_rate::wants_a_number_or_a_function::but_gets<F>>
    requires(detail::no_rate<F, learning_rate_function> && detail::refuses_by_consteval)
  consteval learning_rate_function(F); // wanted: 1e-3, [](std::size_t step) { return 1e-3; }, cosine_schedule{...}

  explicit operator bool() const { return static_cast<bool>(call_); }
  double operator()(std::size_t step) const { return call_(step).value; }

private:
  detail::owned_function<detail::rate(std::size_t)> call_;
};

struct fit_options {
  std::size_t epochs = 1;
  std::size_t batch_size = 32;
  std::uint64_t seed = 0;                 ///< of the order in which samples are seen, new each epoch
  learning_rate_function learning_rate{}; ///< a number, or a function of the step; without one, the optimizer's own
  double clip_gradient_norm = -1;         ///< the largest norm of a step's gradient; below 0: any
  layer_indices freeze{};                 ///< layers, from 1, that stay as they are, see step_options
  /// Truncated training of a net of sequences: batches in the order of the samples, each sample of a batch going on where that of
  /// the batch before ended; all from the beginning at each epoch. Windows of one recording, one behind the other: batch_size 1.
  bool carry_state = false;
  bool keep_best = false;                 ///< at the end, the net of the epoch with the least validation loss
  bool allow_zero_weights = false;        ///< else a net of several layers of zeros, which learns nothing, is refused
  epoch_callback on_epoch{};              ///< called after each epoch, see epoch_callback
};

} // namespace inlay
