#pragma once

#include "inlay/instruction_set.hpp"

#include <cstddef>
#include <new>
#include <vector>

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// The heap, under a name of inlay's: units of a program that are compiled for different processors would share what the
/// compiler makes of a std::vector<float>.
template <class T>
struct allocator {
  using value_type = T;

  allocator() noexcept = default;
  template <class Other>
  allocator(const allocator<Other>&) noexcept {}

  T* allocate(std::size_t n) { return static_cast<T*>(::operator new(n * sizeof(T), std::align_val_t(alignof(T)))); }
  void deallocate(T* memory, std::size_t) noexcept { ::operator delete(memory, std::align_val_t(alignof(T))); }

  friend bool operator==(const allocator&, const allocator&) noexcept = default;
};

template <class T>
using vector = std::vector<T, allocator<T>>;

} // namespace inlay::detail
