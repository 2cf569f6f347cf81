// Whether a net that is known at run time is stored as its type is.
#pragma once

#include "inlay/io/detail/storage.hpp"

#include <cstddef>

/// How many of Net's parameters a description of it puts elsewhere than Net has them; one more than all, if it has others, or other
/// storage.
template <class Net>
std::size_t misplaced(const inlay::io::detail::net_description& net) {
  using topology = typename Net::topology;
  const inlay::io::detail::storage_layout layout(net);
  if (layout.places.size() != Net::parameter_count || layout.numbers.size() != topology::storage) return Net::parameter_count + 1;
  std::size_t wrong = 0;
  for (std::size_t k = 0; k < Net::parameter_count; ++k) wrong += layout.places[k] != topology::stack::index(k);
  return wrong;
}
