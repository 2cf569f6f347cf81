#pragma once

#include "inlay/activation/all.hpp"
#include "inlay/io/detail/description.hpp"
#include "inlay/io/detail/text.hpp"
#include "inlay/io/error.hpp"

#include <vector>

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

template <class Activation>
concept described_activation = requires { Activation::described.name; };

/// The error that an activation states; an approximation is what it computes, a dozen operations.
template <class Activation>
constexpr accuracy stated_error() noexcept {
  if constexpr (requires { Activation::ulp; }) return Activation::ulp;
  else return {.value = 12};
}

/// σ(z) or σ′(z) in double precision, for a parameter that is known at run time only; null for σ of a whole row.
template <class Activation, double value_and_derivative<double>::* Part>
constexpr auto part_of() noexcept {
  using function = double (*)(double z, double parameter);
  if constexpr (requires { Activation::at(0.0, 0.0); })
    return function([](double z, double parameter) { return Activation::at(z, parameter).*Part; });
  else if constexpr (elementwise_activation<Activation, double>)
    return function([](double z, double) { return Activation::at(z).*Part; });
  else
    return function(nullptr);
}

template <class Activation>
concept has_parameter = requires { typename Activation::parameter; };

template <described_activation Activation>
inline constexpr activation_entry entry_of_type{
    Activation::described, part_of<Activation, &value_and_derivative<double>::value>(),
    part_of<Activation, &value_and_derivative<double>::derivative>(), stated_error<Activation>(),
    has_parameter<Activation>};

/// All activations of inlay.
inline const std::vector<activation_entry>& activation_entries() {
  static const std::vector<activation_entry> all = [] {
    std::vector<activation_entry> entries;
    for_each_activation([&]<class Activation>() { entries.push_back(entry_of_type<Activation>); });
    return entries;
  }();
  return all;
}

/// σ at run time: without a name where it has no description.
template <class Activation>
activation_description describe_activation() {
  if constexpr (!described_activation<Activation>) {
    return {"", 0, nullptr};
  } else {
    double parameter = Activation::described.parameter;
    if constexpr (has_parameter<Activation>)
      parameter = double(Activation::parameter::num) / double(Activation::parameter::den);
    return {Activation::described.name, parameter, &entry_of_type<Activation>};
  }
}

inline const activation_entry& entry_of(const activation_description& of) {
  if (of.entry)
    return *of.entry;
  for (const activation_entry& one : activation_entries())
    if (of.name == one.is.name)
      return one;
  throw error("memory", "activation", "one that has a description",
              of.name.empty() ? "one of your own without" : in_quotes(of.name));
}

} // namespace inlay::io::detail
