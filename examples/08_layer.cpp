// A layer of your own, in one file. `gain` multiplies each input by a learned factor; with weight decay the
// factors of inputs that tell nothing fade away, and those that are left say which inputs matter.
#include <inlay/inlay.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <random>
#include <span>
#include <vector>

/// a = g ⊙ x, and so ∇z = ∇a, ∇g = ∇z ⊙ x, ∇x = g ⊙ ∇z. The verbs are explained in <inlay/layer.hpp>.
struct gain {
  template <inlay::scalar T, class Input>
  struct bind {
    using scalar = T;
    using input_shape = Input;
    using output_shape = Input;
    static constexpr std::size_t size = Input::size;
    static constexpr std::size_t parameter_count = size, multiply_adds = size, storage = size;
    static constexpr std::size_t index(std::size_t k) noexcept { return k; }
    static constexpr void initialize(std::span<T, size> g, auto&) noexcept {
      std::fill(g.begin(), g.end(), T(1));
    }

    template <class A>
    struct trace {
      A input;
    };
    template <std::size_t Samples>
    using gradient = inlay::block<T, Samples, size>;

    static constexpr void forward(std::span<const T, size> g, auto& trace, auto x, auto a) noexcept {
      if constexpr (inlay::recorded<std::remove_reference_t<decltype(trace)>>)
        trace.input = x;
      for (std::size_t s = 0; s < x.samples(); ++s)
        for (std::size_t i = 0; i < size; ++i)
          a[s][i] = g[i] * x[s][i];
    }
    static constexpr void delta(std::span<const T, size>, const auto&, auto grad_a, auto& grad_z) noexcept {
      for (std::size_t s = 0; s < grad_a.samples(); ++s)
        std::copy_n(grad_a[s], size, grad_z.view(grad_a.samples())[s]);
    }
    static constexpr void accumulate(const auto& trace, const auto& grad_z,
                                     std::span<T, size> grad_g) noexcept {
      for (std::size_t s = 0; s < trace.input.samples(); ++s)
        for (std::size_t i = 0; i < size; ++i)
          grad_g[i] += grad_z.view(trace.input.samples())[s][i] * trace.input[s][i];
    }
    static constexpr void transposed(std::span<const T, size> g, const auto& grad_z, auto grad_x) noexcept {
      for (std::size_t s = 0; s < grad_x.samples(); ++s)
        for (std::size_t i = 0; i < size; ++i)
          grad_x[s][i] = g[i] * grad_z.view(grad_x.samples())[s][i];
    }
  };
};

template <class T>
using net_of = inlay::basic_network<T, inlay::input<8>, gain, inlay::dense<16, inlay::tanh>, inlay::dense<1>>;

// What every layer of inlay is held to, and what to hold your own to: the gradient is that of central
// differences.
double worst_gradient_error() {
  net_of<double> net{}, grad{};
  inlay::initialize(net, 1);
  const net_of<double>::input_type x{0.1, -0.2, 0.3, -0.4, 0.5, -0.6, 0.7, -0.8};
  const net_of<double>::output_type target{1};
  const inlay::mean_squared_error loss;
  inlay::backpropagate(net, x, target, loss, grad);

  const auto exact = inlay::get_parameters(grad);
  const auto loss_at = [&](std::size_t k, double step) {
    auto parameters = inlay::get_parameters(net);
    parameters[k] += step;
    auto moved = net;
    inlay::set_parameters(moved, parameters);
    return std::pow(moved(x)[0] - target[0], 2);
  };
  double worst = 0;
  for (std::size_t k = 0; k < exact.size(); ++k)
    worst = std::max(worst, std::abs((loss_at(k, 1e-5) - loss_at(k, -1e-5)) / 2e-5 - exact[k]));
  return worst;
}

int main() {
  const double gradient_error = worst_gradient_error();
  std::printf("gradient and central differences differ by %.0e at most\n", gradient_error);

  // Eight readings, of which only the third and the sixth tell anything.
  std::mt19937 random(1);
  std::uniform_real_distribution<float> reading(-1, 1);
  std::vector<net_of<float>::input_type> xs(4000);
  std::vector<net_of<float>::output_type> targets;
  for (auto& x : xs) {
    std::generate(x.begin(), x.end(), [&] { return reading(random); });
    targets.push_back({std::sin(2 * x[2]) * x[5]});
  }
  net_of<float> net{};
  inlay::initialize(net, 1);
  inlay::adamw<net_of<float>> optimizer{{.learning_rate = 3e-3f, .weight_decay = 0.1f}};
  inlay::fit(net, optimizer, inlay::mean_squared_error{}, xs, targets, {.epochs = 60, .batch_size = 16});

  const auto parameters = inlay::get_parameters(net); // the gains come first
  float matter = 1e30f, noise = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    std::printf("input %zu: gain %6.3f\n", i + 1, parameters[i]);
    float& group = i == 2 || i == 5 ? matter : noise;
    group = i == 2 || i == 5 ? std::min(group, std::abs(parameters[i]))
                             : std::max(group, std::abs(parameters[i]));
  }
  return gradient_error < 1e-8 && noise < 0.2f * matter ? 0 : 1;
}
