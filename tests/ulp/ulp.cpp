// Every float through every activation, value and derivative, against a wider type: the worst and the mean error in
// units in the last place. Run by hand; CTest runs it with a stride.
#include "reference.hpp"

#include "inlay/kernel/simd/pack.hpp"

#include <atomic>
#include <bit>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <mutex>
#include <thread>
#include <vector>

namespace {

using namespace inlay;

struct record {
  double worst = 0;
  double at = 0;
  double sum = 0;
  std::uint64_t count = 0;
  void add(double error, double z) {
    if (!(error <= worst)) worst = error, at = z;
    sum += error;
    ++count;
  }
  void add(const record& other) {
    if (!(other.worst <= worst)) worst = other.worst, at = other.at;
    sum += other.sum;
    count += other.count;
  }
};

/// |got - exact| in units of the last place of |exact|.
template <class T, class R>
double ulps(T got, R exact, double flushed, double scale) {
  if (std::isnan(exact)) return std::isnan(got) ? 0 : std::numeric_limits<double>::infinity();
  const T rounded = static_cast<T>(exact);
  if (std::isinf(rounded) || std::isinf(got)) return got == rounded ? 0 : std::numeric_limits<double>::infinity();
  constexpr R smallest = std::numeric_limits<T>::min();
  if (std::abs(exact) < smallest * static_cast<R>(flushed) && got == 0) return 0;
  const R magnitude = std::max({std::abs(exact), smallest, static_cast<R>(scale)});
  const R unit = std::ldexp(R(1), std::ilogb(magnitude) - std::numeric_limits<T>::digits + 1);
  return static_cast<double>(std::abs(static_cast<R>(got) - exact) / unit);
}

struct result {
  record value, derivative;
};

template <class T>
using wider = std::conditional_t<std::is_same_v<T, float>, double, long double>;

template <class Activation, class T, class Inputs>
result measure(Inputs inputs) {
  using pack = kernel::simd::pack<T, xsimd::default_arch>;
  constexpr std::size_t lanes = pack::lanes;
  result r;
  alignas(64) T z[lanes], value[lanes], derivative[lanes];
  while (inputs(z, lanes)) {
    const auto a = Activation::at(pack::load(z));
    a.value.store(value);
    a.derivative.store(derivative);
    for (std::size_t i = 0; i < lanes; ++i) {
      const auto exact = reference_formula::of<Activation>::at(static_cast<wider<T>>(z[i]));
      r.value.add(ulps(value[i], exact.value, Activation::ulp.flushed, 0), static_cast<double>(z[i]));
      r.derivative.add(ulps(derivative[i], exact.derivative, Activation::ulp.flushed, Activation::ulp.derivative_scale), static_cast<double>(z[i]));
    }
  }
  return r;
}

template <class Activation>
void every_float(const char* name, std::uint64_t stride) {
  constexpr std::uint64_t all = std::uint64_t{1} << 32;
  const std::uint64_t chunk = std::uint64_t{1} << 22;
  std::atomic<std::uint64_t> next = 0;
  std::mutex lock;
  result total;
  const auto work = [&] {
    result mine;
    for (std::uint64_t begin; (begin = next.fetch_add(chunk * stride)) < all;) {
      std::uint64_t bits = begin;
      const std::uint64_t end = std::min(all, begin + chunk * stride);
      const auto r = measure<Activation, float>([&](float* z, std::size_t n) {
        if (bits >= end) return false;
        for (std::size_t i = 0; i < n; ++i, bits += stride)
          z[i] = std::bit_cast<float>(static_cast<std::uint32_t>(std::min(bits, end - 1)));
        return true;
      });
      mine.value.add(r.value);
      mine.derivative.add(r.derivative);
      std::fprintf(stderr, "\r%s %3.0f %%", name, 100. * static_cast<double>(end) / static_cast<double>(all));
    }
    std::lock_guard guard(lock);
    total.value.add(mine.value);
    total.derivative.add(mine.derivative);
  };
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < std::thread::hardware_concurrency(); ++i) threads.emplace_back(work);
  for (auto& t : threads) t.join();
  const auto show = [](const record& r) {
    std::printf(" %8.3f at %-14.9g mean %.3f |", r.worst, r.at, r.sum / static_cast<double>(r.count));
  };
  std::fprintf(stderr, "\r");
  std::printf("| %-14s |", name);
  show(total.value);
  show(total.derivative);
  std::printf("\n");
}

} // namespace

int main(int argc, char** argv) {
  const std::uint64_t stride = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1;
  every_float<relu>("relu", stride);
  every_float<sigmoid>("sigmoid", stride);
  every_float<inlay::tanh>("tanh", stride);
}
