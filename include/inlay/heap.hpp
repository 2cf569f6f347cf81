#pragma once

#include "inlay/instruction_set.hpp"

#include <cstddef>
#include <cstdint>
#include <new>
#include <vector>

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// The heap, under a name of inlay's: units of a program that are compiled for different processors would share what the
/// compiler makes of a std::vector<float>.
template <class T>
struct allocator {
  using value_type = T;
  static_assert(alignof(T) <= __STDCPP_DEFAULT_NEW_ALIGNMENT__, "the operator new for alignments wants posix_memalign");

  allocator() noexcept = default;
  template <class Other>
  allocator(const allocator<Other>&) noexcept {}

  T* allocate(std::size_t n) { return static_cast<T*>(::operator new(n * sizeof(T))); }
  void deallocate(T* memory, std::size_t) noexcept { ::operator delete(memory); }

  friend bool operator==(const allocator&, const allocator&) noexcept = default;
};

template <class T>
using vector = std::vector<T, allocator<T>>;

/// A net or a workspace on the heap, of plain operator new: the one for alignments wants a C library with posix_memalign.
template <class T>
class on_heap {
public:
  on_heap() : value_(*new (aligned(memory_.data())) T{}) {}
  explicit on_heap(const T& value) : value_(*new (aligned(memory_.data())) T(value)) {}
  on_heap(const on_heap&) = delete;
  on_heap& operator=(const on_heap&) = delete;
  T& operator*() const noexcept { return value_; }

private:
  struct byte {
    unsigned char bits;
  };
  static void* aligned(byte* memory) noexcept {
    const auto past = reinterpret_cast<std::uintptr_t>(memory) % alignof(T);
    return past == 0 ? memory : memory + (alignof(T) - past);
  }
  vector<byte> memory_ = vector<byte>(sizeof(T) + alignof(T) - 1);
  T& value_;
};

} // namespace inlay::detail
