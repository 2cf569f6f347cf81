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

/// A net on the heap, of plain operator new: the one for alignments wants a C library with posix_memalign.
template <class Net>
class net_on_heap {
public:
  net_on_heap() : net_(*new (aligned(memory_.data())) Net{}) {}
  explicit net_on_heap(const Net& net) : net_(*new (aligned(memory_.data())) Net(net)) {}
  net_on_heap(const net_on_heap&) = delete;
  net_on_heap& operator=(const net_on_heap&) = delete;
  Net& operator*() const noexcept { return net_; }

private:
  struct byte {
    unsigned char bits;
  };
  static void* aligned(byte* memory) noexcept {
    const auto past = reinterpret_cast<std::uintptr_t>(memory) % alignof(Net);
    return past == 0 ? memory : memory + (alignof(Net) - past);
  }
  vector<byte> memory_ = vector<byte>(sizeof(Net) + alignof(Net) - 1);
  Net& net_;
};

} // namespace inlay::detail
