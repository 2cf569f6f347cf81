#pragma once

#include "inlay/instruction_set.hpp"

#include <cstddef>
#include <cstdint>
#include <new>
#include <span>
#include <type_traits>
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

/// Room for some T on the heap, of plain operator new: the one for alignments wants a C library with posix_memalign.
template <class T>
class room_on_heap {
public:
  explicit room_on_heap(std::size_t count) : memory_(count * sizeof(T) + alignof(T) - 1) {}
  room_on_heap(room_on_heap&&) noexcept = default; // what is there stays where it is
  void* begin() noexcept {
    const auto past = reinterpret_cast<std::uintptr_t>(memory_.data()) % alignof(T);
    return past == 0 ? memory_.data() : memory_.data() + (alignof(T) - past);
  }

private:
  struct byte {
    unsigned char bits;
  };
  vector<byte> memory_;
};

/// A net or a workspace.
template <class T>
class on_heap {
public:
  on_heap() : value_(*new(room_.begin()) T{}) {}
  explicit on_heap(const T& value) : value_(*new(room_.begin()) T(value)) {}
  T& operator*() const noexcept { return value_; }

private:
  room_on_heap<T> room_{1};
  T& value_;
};

/// Several of what needs no destructor.
template <class T>
class several_on_heap {
public:
  explicit several_on_heap(std::size_t count) : room_(count), all_(static_cast<T*>(room_.begin()), count) {
    static_assert(std::is_trivially_destructible_v<T>);
    for (T& each : all_) new (&each) T{};
  }
  std::span<T> all() noexcept { return all_; }

private:
  room_on_heap<T> room_;
  std::span<T> all_;
};

} // namespace inlay::detail
