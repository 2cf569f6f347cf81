// Holds every activation, value and derivative, to the error that it states, in units in the last place.
//   ulp                    every float and 2^26 doubles: minutes, prints the table of tests/README.md
//   ulp STRIDE [NAME...]   every STRIDE-th float and as many doubles, of these activations; the test
#include "error.hpp"
#include "evaluate.hpp"
#include "reference.hpp"

#include <atomic>
#include <bit>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <random>
#include <string_view>
#include <thread>
#include <vector>

namespace {

using ulp::errors;

template <class T>
using wider = std::conditional_t<std::is_same_v<T, float>, double, long double>;

/// Where a formula changes: the kinks, and the bounds beyond which something saturates, underflows or is clamped.
constexpr double corners[] = {0, 1, 2.88, 3, 5.76, 8.508, 9, 10, 13.1466,
                              15, 17.4, 20, 25, 37.616, 40, 43.668, 86.417, 87.34,
                              88.03, 88.73, 354.2, 707.4, 708.4, 709.1, 709.8, 0x1p63, 0x1p511};

/// Calls test(z) for every registerful of numbers.
template <class T, class Test>
void near_corners(Test test) {
  using bits = typename inlay::math::ieee<T>::bits;
  for (const double corner : corners)
    for (int offset = -64; offset < 64; ++offset) {
      const T z =
          std::bit_cast<T>(static_cast<bits>(std::bit_cast<bits>(static_cast<T>(corner)) + static_cast<bits>(offset)));
      test(z);
      test(-z);
    }
}

/// Gathers numbers, evaluates σ on them and keeps the errors.
template <class Activation, class T>
class sink {
  T z_[ulp::together] = {};
  std::size_t n_ = 0;

public:
  errors found;

  void operator()(T z) {
    if (ulp::only_finite && !std::isfinite(z))
      return;
    z_[n_++] = z;
    if (n_ == ulp::together)
      flush();
  }
  void flush() {
    T value[ulp::together], derivative[ulp::together];
    ulp::evaluate<Activation>(z_, value, derivative, ulp::wanted::both);
    judge(value, derivative);
    ulp::evaluate<Activation>(z_, value, derivative, ulp::wanted::value);
    ulp::evaluate<Activation>(z_, value, derivative, ulp::wanted::derivative);
    judge(value, derivative);
    n_ = 0;
  }

private:
  void judge(const T* value, const T* derivative) {
    for (std::size_t i = 0; i < n_; ++i) {
      const auto exact = inlay::reference::exact(Activation{}, static_cast<wider<T>>(z_[i]));
      const auto z = static_cast<double>(z_[i]);
      if (std::isnan(z_[i]) && ulp::approximate<Activation>)
        continue;
      found.value.add(ulp::value_error<Activation>(value[i], exact.value), ulp::allowed<Activation>(exact.value), z);
      found.derivative.add(ulp::derivative_error<Activation>(derivative[i], exact.derivative),
                           ulp::stated<Activation>().derivative, z);
    }
  }
};

bool progress = false;
std::vector<std::string_view> names; // none for all

/// Spreads `parts` calls of work(part) -> errors over all cores.
template <class Work>
errors in_parallel(const char* name, std::uint64_t parts, Work work) {
  std::atomic<std::uint64_t> next = 0;
  std::mutex lock;
  errors all;
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < std::max(1U, std::thread::hardware_concurrency()); ++i)
    threads.emplace_back([&] {
      for (std::uint64_t part; (part = next++) < parts;) {
        const errors some = work(part);
        const std::lock_guard guard(lock);
        all.add(some);
        if (progress)
          std::fprintf(stderr, "\r%-14s %3.0f %%", name,
                       100 * static_cast<double>(part + 1) / static_cast<double>(parts));
      }
    });
  for (auto& thread : threads)
    thread.join();
  if (progress)
    std::fprintf(stderr, "\r%-20s\r", "");
  return all;
}

template <class Activation>
errors floats(const char* name, std::uint64_t stride) {
  constexpr std::uint64_t all = std::uint64_t{1} << 32, parts = 256;
  return in_parallel(name, parts, [stride](std::uint64_t part) {
    sink<Activation, float> put;
    for (std::uint64_t bits = part * (all / parts); bits < (part + 1) * (all / parts); bits += stride)
      put(std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
    if (part == 0)
      near_corners<float>([&](float z) { put(z); });
    put.flush();
    return put.found;
  });
}

/// A third each: any bit pattern, uniform in +-45, and uniform in +-800.
template <class Activation>
errors doubles(const char* name, std::uint64_t stride) {
  constexpr std::uint64_t parts = 256;
  const std::uint64_t each = std::max<std::uint64_t>((std::uint64_t{1} << 26) / parts / stride, 256);
  return in_parallel(name, parts, [each](std::uint64_t part) {
    sink<Activation, double> put;
    std::mt19937_64 numbers(part + 1);
    std::uniform_real_distribution<double> narrow(-45, 45), wide(-800, 800);
    for (std::uint64_t i = 0; i < each; i += 3) {
      put(std::bit_cast<double>(numbers()));
      put(narrow(numbers));
      put(wide(numbers));
    }
    if (part == 0)
      near_corners<double>([&](double z) { put(z); });
    put.flush();
    return put.found;
  });
}

bool within(const char* name, const char* what, const ulp::record& found) {
  std::printf(" %.3g | %.9g |", found.worst, found.at);
  // Under -ffast-math an error may be one unit larger.
  if (found.excess <= (ulp::only_finite ? 1 : 0))
    return true;
  std::fprintf(stderr, "%s: %s is off by %.3g more than is stated, at z = %.17g\n", name, what, found.excess,
               found.excess_at);
  return false;
}

template <class Activation>
bool hold(const char* name, std::uint64_t stride) {
  if (!names.empty() && std::ranges::find(names, name) == names.end())
    return true;
  const errors single = floats<Activation>(name, stride), twice = doubles<Activation>(name, stride);
  constexpr auto stated = ulp::stated<Activation>();
  bool good = true;
  std::printf("| `%s` |", name);
  std::printf(" %g |", stated.value);
  good &= within(name, "the value", single.value);
  std::printf(" %.3f | %g |", single.value.mean(), stated.derivative);
  good &= within(name, "the derivative", single.derivative);
  std::printf(" %.3f |", single.derivative.mean());
  good &= within(name, "the value of a double", twice.value);
  good &= within(name, "the derivative of a double", twice.derivative);
  std::printf("\n");
  std::fflush(stdout);
  return good;
}

} // namespace

int main(int argc, char** argv) {
  using namespace inlay;
  const std::uint64_t stride = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1;
  if (stride == 0) {
    std::fprintf(stderr,
                 "ulp: the stride must be a number from 1 on, found \"%s\"; without one, every float is visited\n",
                 argv[1]);
    return 2;
  }
  progress = stride == 1;
  names.assign(argv + std::min(argc, 2), argv + argc);
  std::printf(
      "| | σ states | worst | at | mean | σ′ states | worst | at | mean | double: σ worst | at | σ′ worst | at |\n"
      "|---|---|---|---|---|---|---|---|---|---|---|---|---|\n");
  bool good = true;
  good &= hold<relu>("relu", stride);
  good &= hold<leaky_relu>("leaky_relu", stride);
  good &= hold<elu>("elu", stride);
  good &= hold<celu>("celu", stride);
  good &= hold<selu>("selu", stride);
  good &= hold<sigmoid>("sigmoid", stride);
  good &= hold<inlay::tanh>("tanh", stride);
  good &= hold<gelu>("gelu", stride);
  good &= hold<gelu_tanh>("gelu_tanh", stride);
  good &= hold<silu>("silu", stride);
  good &= hold<mish>("mish", stride);
  good &= hold<softplus>("softplus", stride);
  good &= hold<softsign>("softsign", stride);
  good &= hold<hard_tanh>("hard_tanh", stride);
  good &= hold<hard_sigmoid>("hard_sigmoid", stride);
  good &= hold<hard_swish>("hard_swish", stride);
  good &= hold<fast_tanh>("fast_tanh", stride);
  good &= hold<fast_sigmoid>("fast_sigmoid", stride);
  return good ? 0 : 1;
}
