// A function against the same one in a wider type, in constant evaluation, at run time and in registers.
#pragma once

#include "laws/law.hpp"
#include "math/registers.hpp"
#include "ulp/error.hpp"

#include <type_traits>
#include <vector>

namespace laws {

template <class T>
using wider = std::conditional_t<std::is_same_v<T, float>, double, long double>;

/// n numbers from low to high, and what lies within 8 units of either.
template <class T>
std::vector<T> between(T low, T high, std::size_t n) {
  std::vector<T> z;
  noise<T> value(11);
  for (std::size_t i = 0; i < n; ++i)
    z.push_back(low + (high - low) * (value() / 2 + T(0.5)));
  T up = low, down = high;
  for (int i = 0; i < 8; ++i) {
    z.insert(z.end(), {up, down});
    up = std::nextafter(up, high), down = std::nextafter(down, low);
  }
  return z;
}

/// f(z) == exact(z) within `units` units in the last place, in scalars and registers; zero for what is denormal.
template <class T, class F, class Exact>
finding accurate(F f, Exact exact, const std::vector<T>& z, double units) {
  finding found;
  const auto check = [&](const char* what, T x, T y) {
    const double error = ulp::in_units(y, exact(static_cast<wider<T>>(x)), 1, 0);
    if (!(error <= units))
      found += say(what, ": f(", x, ") = ", y, " is off by ", error, " ULP; ");
  };
  for (const T x : z) {
    const volatile T unknown = x;
    check("run time", x, f(T(unknown)));
  }
  for_each_register<T>([&]<class pack>() {
    alignas(64) T x[pack::lanes], y[pack::lanes];
    for (std::size_t i = 0; i < z.size(); i += pack::lanes) {
      for (std::size_t lane = 0; lane < pack::lanes; ++lane)
        x[lane] = z[std::min(i + lane, z.size() - 1)];
      f(pack::load(x)).store(y);
      for (std::size_t lane = 0; lane < pack::lanes; ++lane)
        check(pack::arch::name(), x[lane], y[lane]);
    }
  });
  return found;
}

} // namespace laws
