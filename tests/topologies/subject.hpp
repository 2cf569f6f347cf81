// A net of a generated program: its samples, what the reference makes of them, and the comparison with what inlay
// makes.
#pragma once

#include "reference.hpp"

#include "inlay/inlay.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

namespace topologies {

inline const char* where = ""; ///< the function that calls
inline std::string planted;    ///< what is made wrong, to see whether it is found

/// Numbers in [-1, 1).
struct noise {
  std::uint64_t state;
  double operator()() noexcept {
    std::uint64_t z = state += 0x9e3779b97f4a7c15u; // SplitMix64
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return static_cast<double>((z ^ (z >> 31)) >> 40) * 0x1p-23 - 1;
  }
};

/// The reference's σ with the error that inlay's states. What states none is held to the error of its own sums.
template <class Activation>
reference::nonlinearity sigma(const char* name, reference::number parameter) {
  reference::nonlinearity s{name, parameter};
  if constexpr (requires { Activation::ulp.value; })
    s.value_ulp = Activation::ulp.value, s.slope_ulp = Activation::ulp.derivative, s.growth = Activation::ulp.growth,
    s.slope_scale = Activation::ulp.derivative_scale;
  return s;
}

class any_subject {
public:
  virtual ~any_subject() = default;
  virtual bool prepare() = 0;
  virtual bool right() const = 0;
};

enum class targets {
  numbers,
  shares,
  probabilities,
  classes,
};

template <class Net, class Loss, targets Kind>
class subject : public any_subject {
public:
  using T = typename Net::scalar;
  using input = typename Net::input_type;
  using output = typename Net::output_type;
  using target = std::conditional_t<Kind == targets::classes, std::size_t, output>;
  static constexpr std::size_t samples = 40;

  Net net{}, trained{}, grad{};
  inlay::workspace<Net> workspace;
  Loss loss{};
  std::vector<input> xs;
  std::vector<target> ys;
  std::vector<output> outs = std::vector<output>(samples);
  std::array<T, 1 + Net::inputs + Net::outputs> memory{}; ///< a number in, aligned as little as a caller's may be
  volatile int none = 0;                                  ///< which the compiler does not know

  subject(const char* name, const char* type, reference::net net, const char* loss, std::uint64_t seed)
      : name_(name), type_(type), loss_(loss), reference_(std::move(net)), seed_(seed) {}

  /// Makes the net, its samples and what is expected of them. False where too few samples can be judged.
  bool prepare() override {
    noise value{seed_};
    const reference::vector bounds = reference::bounds(reference_);
    if (bounds.size() != Net::parameter_count)
      return tell("the reference has another number of parameters");
    std::vector<T> parameters(Net::parameter_count);
    for (std::size_t k = 0; k < bounds.size(); ++k)
      parameters[k] = static_cast<T>(static_cast<double>(bounds[k]) * value());
    for (const T w : parameters)
      parameters_.push_back(static_cast<reference::number>(w));
    inlay::set_parameters(net, std::span<const T, Net::parameter_count>(parameters.data(), Net::parameter_count));

    for (std::uint64_t attempt = 1; xs.size() < samples; ++attempt) {
      if (attempt > 50 * samples)
        return tell("too few samples are far from where slopes jump");
      input x;
      for (T& x_i : x)
        x_i = static_cast<T>(value());
      output numbers;
      for (T& y_i : numbers)
        y_i = static_cast<T>(value());
      if constexpr (Kind == targets::shares || Kind == targets::probabilities)
        for (T& y_i : numbers)
          y_i = (1 + y_i) / 2;
      if constexpr (Kind == targets::probabilities) {
        T sum = T(0.001);
        for (const T y_i : numbers)
          sum += y_i;
        for (T& y_i : numbers)
          y_i /= sum;
      }
      const auto index = static_cast<std::size_t>((value() + 1) / 2 * Net::outputs);
      reference::vector wanted_x(x.begin(), x.end()), wanted_y(numbers.begin(), numbers.end());
      if constexpr (Kind == targets::classes)
        for (std::size_t o = 0; o < Net::outputs; ++o)
          wanted_y[o] = o == index;
      reference::expected e =
          reference::examine(reference_, parameters_, wanted_x, wanted_y, loss_, arithmetic, seed_ + attempt);
      if (!e.clear)
        continue;
      xs.push_back(x);
      if constexpr (Kind == targets::classes)
        ys.push_back(index);
      else
        ys.push_back(numbers);
      wanted_.push_back(std::move(e));
    }
    if (planted == "weight")
      plant();
    return true;
  }

  bool right() const override {
    std::printf("%s: %zu numbers, worst %.2g of its tolerance, bluntest tolerance %.1g%s\n", name_, compared_, worst_,
                bluntest_, wrong_ ? ", WRONG" : "");
    return wrong_ == 0 && compared_ > 0;
  }

  void begin() noexcept { trained = net; }
  void clear() noexcept {
    for (T& g : grad.theta())
      g = 0;
  }
  template <template <class> class Optimizer>
  std::unique_ptr<Optimizer<Net>> optimizer() const {
    auto made = std::make_unique<Optimizer<Net>>();
    auto& o = made->options;
    o.learning_rate = T(reference::rate), o.weight_decay = T(reference::decay);
    if constexpr (requires { o.nesterov; })
      o.momentum = T(reference::momentum), o.nesterov = true;
    else
      o.epsilon = T(reference::epsilon);
    if constexpr (requires { o.beta1; })
      o.beta1 = o.beta2 = T(reference::beta);
    if constexpr (requires { o.alpha; })
      o.alpha = T(reference::beta);
    return made;
  }
  std::span<const input> inputs(std::size_t count) const { return {xs.data(), count}; }
  std::span<const target> wanted_outputs(std::size_t count) const { return {ys.data(), count}; }
  std::span<const T, Net::inputs> unaligned_input(std::size_t s) noexcept {
    for (std::size_t i = 0; i < Net::inputs; ++i)
      memory[1 + i] = xs[s][i];
    return std::span<const T, Net::inputs>(memory.data() + 1, Net::inputs);
  }
  /// The same memory: an output may take the place of its input.
  std::span<T, Net::outputs> unaligned_output() noexcept {
    return std::span<T, Net::outputs>(memory.data() + 1, Net::outputs);
  }

  // --- comparisons ---------------------------------------------------------------------------------------------------

  void is_output(std::size_t s, std::span<const T> y) {
    compare("output", s, 1, y, wanted_[s].output, wanted_[s].output_tolerance);
  }
  void are_outputs(std::size_t count) {
    for (std::size_t s = 0; s < count; ++s)
      is_output(s, outs[s]);
  }
  void is_input_gradient(std::size_t s, std::span<const T> g) {
    compare("input_gradient", s, 1, g, wanted_[s].input_gradient, wanted_[s].input_gradient_tolerance);
  }
  /// What backpropagate() of sample s left in grad, or of the batch of `count`.
  void is_gradient_of_sample(std::size_t s, T loss_of_it) { is_gradient(s, 1, loss_of_it, wanted_[s]); }
  void is_gradient_of_batch(std::size_t count, T loss_of_it) {
    is_gradient(0, count, loss_of_it, reference::mean(wanted_, count, arithmetic));
  }
  /// What a step has made of `trained`.
  void is_step_of_sample(const char* optimizer, std::size_t s, T loss_of_it) {
    is_step(optimizer, s, 1, loss_of_it, wanted_[s]);
  }
  void is_step_of_batch(const char* optimizer, std::size_t count, T loss_of_it) {
    is_step(optimizer, 0, count, loss_of_it, reference::mean(wanted_, count, arithmetic));
  }

private:
  static constexpr reference::arithmetic arithmetic{std::numeric_limits<T>::epsilon(), std::numeric_limits<T>::min()};
  const char *name_, *type_, *loss_;
  reference::net reference_;
  std::uint64_t seed_;
  reference::vector parameters_{};
  std::vector<reference::expected> wanted_{};
  std::size_t compared_ = 0, wrong_ = 0;
  double worst_ = 0, bluntest_ = 0;

  bool tell(const char* what) const {
    std::printf("%s: CANNOT BE JUDGED: %s: %s\n", name_, what, type_);
    return false;
  }

  static std::vector<T> parameters_of(const Net& of) {
    std::vector<T> values(Net::parameter_count);
    const auto all = std::make_unique<std::array<T, Net::parameter_count>>(inlay::get_parameters(of));
    for (std::size_t k = 0; k < values.size(); ++k)
      values[k] = (*all)[k];
    return values;
  }
  void is_gradient(std::size_t s, std::size_t count, T loss_of_it, const reference::expected& wanted) {
    is_loss(s, count, loss_of_it, wanted);
    compare("gradient", s, count, parameters_of(grad), wanted.gradient, wanted.gradient_tolerance);
  }
  void is_step(const char* optimizer, std::size_t s, std::size_t count, T loss_of_it,
               const reference::expected& wanted) {
    is_loss(s, count, loss_of_it, wanted);
    const auto after = reference::step(optimizer, parameters_, wanted, arithmetic);
    compare(optimizer, s, count, parameters_of(trained), after.parameters, after.tolerance);
  }
  void is_loss(std::size_t s, std::size_t count, T found, const reference::expected& wanted) {
    compare("loss", s, count, std::span<const T>(&found, 1), {wanted.loss}, {wanted.loss_tolerance});
  }

  void compare(const char* what, std::size_t s, std::size_t count, std::span<const T> found,
               const reference::vector& wanted, const reference::vector& tolerance) {
    double square = 0;
    std::size_t largest = 0;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      square += static_cast<double>(wanted[i] * wanted[i]) / static_cast<double>(wanted.size());
      if (std::abs(wanted[i]) > std::abs(wanted[largest]))
        largest = i;
    }
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      auto value = static_cast<reference::number>(found[i]);
      if (planted == what && i == largest)
        value += std::abs(value) / 64 + 0x1p-100L;
      const reference::number apart = std::abs(value - wanted[i]);
      ++compared_;
      if (tolerance[i] > 0)
        worst_ = std::max(worst_, static_cast<double>(apart / tolerance[i]));
      if (square > 0)
        bluntest_ = std::max(bluntest_, static_cast<double>(tolerance[i]) / std::sqrt(square));
      if (apart <= tolerance[i])
        continue; // a NaN is not
      if (++wrong_ > 3)
        continue;
      std::printf("WRONG: %s in %s, %s[%zu] of %s %zu is %.9Lg, wanted %.9Lg within %.2Lg: %s\n", name_, where, what, i,
                  count == 1 ? "sample" : "a batch of", count == 1 ? s : count, value, wanted[i], tolerance[i], type_);
    }
  }

  /// Makes the weight that the loss depends on most an eighth larger, or more where even that is within tolerance.
  void plant() {
    std::vector<T> changed = parameters_of(net);
    std::size_t most = 0, sample = 0;
    reference::number size = 0;
    for (std::size_t s = 0; s < samples; ++s)
      for (std::size_t k = 0; k < changed.size(); ++k)
        if (const auto g = std::abs(wanted_[s].gradient[k]); g > size)
          size = g, most = k, sample = s;
    const auto change = static_cast<T>(0.125L + 4 * wanted_[sample].loss_tolerance / size);
    changed[most] += change;
    inlay::set_parameters(net, std::span<const T, Net::parameter_count>(changed.data(), Net::parameter_count));
  }
};

/// The same function for every net, as a caller may have it.
template <class Net>
[[gnu::noinline]] typename Net::output_type one(const Net& net, const typename Net::input_type& x) {
  return net(x);
}
template <class Net>
[[gnu::noinline]] typename Net::output_type waiting(const Net& net, typename Net::input_type x, int calls) {
  for (int i = 0; i < calls; ++i)
    x[0] = net(x)[0];
  return net(x);
}

struct place {
  const char* name;
  void (*call)();
};

/// The main of a generated program; its argument is what to plant.
inline int run(int argc, char** argv, std::span<any_subject* const> nets, std::span<const place> places) {
  if (argc > 1)
    planted = argv[1];
  for (any_subject* net : nets)
    if (!net->prepare())
      return 2;
  for (const place& p : places) {
    where = p.name;
    p.call();
  }
  int wrong = 0;
  for (const any_subject* net : nets)
    wrong += !net->right();
  return wrong ? 1 : 0;
}

} // namespace topologies
