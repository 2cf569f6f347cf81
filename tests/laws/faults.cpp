// Each law is shown a layer that breaks it, and it alone.
#include "laws/all.hpp"

#include <inlay/inlay.hpp>

#include <type_traits>

namespace {

using namespace inlay;

enum class fault {
  none,
  weight_gradient,
  input_gradient,
  batch,
  shared_place,
  padding,
  constant_evaluation,
};

/// a = g ⊙ x in storage of one number more than it needs, with a fault.
template <fault Fault>
struct faulty {
  template <scalar T, class Input>
  struct bind {
    using scalar = T;
    using input_shape = Input;
    using output_shape = Input;
    static constexpr std::size_t size = Input::size;
    static constexpr std::size_t parameter_count = size, multiply_adds = size, storage = size + 1;
    static constexpr std::size_t weight_count = size - 1; // the last counts as bias
    static constexpr std::size_t index(std::size_t k) noexcept {
      return Fault == fault::shared_place && k + 1 == size ? 0 : k;
    }
    static constexpr void initialize(std::span<T, storage> g, auto&) noexcept {
      for (std::size_t i = 0; i < size; ++i) g[i] = T(1);
    }

    template <class A>
    struct trace {
      A input;
    };
    template <std::size_t Samples>
    using gradient = block<T, Samples, size>;

    static constexpr void forward(std::span<const T, storage> g, auto& trace, auto x, auto a) noexcept {
      if constexpr (recorded<std::remove_reference_t<decltype(trace)>>) trace.input = x;
      for (std::size_t s = 0; s < x.samples(); ++s)
        for (std::size_t i = 0; i < size; ++i) {
          a[s][i] = g[i] * x[s][i];
          if (Fault == fault::batch && s == 5) a[s][i] += T(0.01);
          if (Fault == fault::constant_evaluation && std::is_constant_evaluated()) a[s][i] += T(0.01);
        }
    }
    static constexpr void delta(std::span<const T, storage>, const auto&, auto grad_a, auto& grad_z) noexcept {
      kernel::map([](auto g) { return g; }, grad_z.view(grad_a.samples()), grad_a);
    }
    static constexpr void accumulate(const auto& trace, const auto& grad_z, std::span<T, storage> grad) noexcept {
      const auto d = grad_z.view(trace.input.samples());
      for (std::size_t s = 0; s < d.samples(); ++s)
        for (std::size_t i = 0; i < size; ++i) {
          grad[i] += d[s][i] * trace.input[s][i];
          if (Fault == fault::weight_gradient && i == 2) grad[i] += T(0.001) * d[s][i];
          if (Fault == fault::padding && !(d[s][i] * 0 == 0)) grad[size] += d[s][i];
        }
    }
    static constexpr void transposed(std::span<const T, storage> g, const auto& grad_z, auto grad_x) noexcept {
      const auto d = grad_z.view(grad_x.samples());
      for (std::size_t s = 0; s < d.samples(); ++s)
        for (std::size_t i = 0; i < size; ++i)
          grad_x[s][i] = (Fault == fault::input_gradient && i == 2 ? T(1.001) : T(1)) * g[i] * d[s][i];
    }
  };
};

template <fault Fault>
using net_with = basic_network<double, input<3>, faulty<Fault>>;

/// Which of the laws find something.
template <fault Fault>
std::string broken_laws() {
  using net_t = net_with<Fault>;
  const auto net = laws::made<net_t>(1);
  std::string which;
  const auto add = [&](const char* name, const laws::finding& found) { which += found.empty() ? "" : name; };
  add("round trip;", laws::parameters_round_trip<net_t>());
  add("batch;", laws::batch_is_map(net));
  add("gradient;", laws::gradient_agrees(net));
  add("batch gradient;", laws::batch_gradient_is_mean(net));
  add("padding;", laws::gradient_padding_is_zero(net));
  add("constant evaluation;", laws::constant_evaluation_is_run_time<net_t>());
  return which;
}

} // namespace

TEST_CASE("each law finds what breaks it, and nothing else") {
  CHECK(broken_laws<fault::none>() == "");
  CHECK(broken_laws<fault::weight_gradient>() == "gradient;");
  CHECK(broken_laws<fault::input_gradient>() == "gradient;");
  CHECK(broken_laws<fault::batch>() == "batch;batch gradient;");
  CHECK(broken_laws<fault::padding>() == "padding;");
  CHECK(broken_laws<fault::constant_evaluation>() == "constant evaluation;");
  CHECK(laws::parameters_round_trip<net_with<fault::shared_place>>() == "parameter 2 is at 0, where another one is");

  static_assert(laws::gradient_is_central_difference<net_with<fault::none>>());
  static_assert(!laws::gradient_is_central_difference<net_with<fault::weight_gradient>>());
  static_assert(!laws::gradient_is_central_difference<net_with<fault::input_gradient>>());
}
