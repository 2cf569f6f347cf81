#pragma once

#include "inlay/instruction_set.hpp"

#include <utility>

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// A function object with a copy of what it was made from, or none: std::function, whose header takes a twelfth of the time that
/// including inlay takes.
template <class Signature>
class owned_function;

template <class R, class... Args>
class owned_function<R(Args...)> {
public:
  owned_function() = default;
  template <class F>
  explicit owned_function(F f) : held_(new holder<F>(std::move(f))) {}
  owned_function(const owned_function& other) : held_(other.held_ ? other.held_->copy() : nullptr) {}
  owned_function(owned_function&& other) noexcept : held_(std::exchange(other.held_, nullptr)) {}
  owned_function& operator=(const owned_function& other) { return *this = owned_function(other); }
  owned_function& operator=(owned_function&& other) noexcept {
    std::swap(held_, other.held_);
    return *this;
  }
  ~owned_function() { delete held_; }

  explicit operator bool() const noexcept { return held_ != nullptr; }
  R operator()(Args... args) const { return held_->call(args...); }

private:
  struct anything {
    virtual R call(Args... args) = 0;
    virtual anything* copy() const = 0;
    virtual ~anything() = default;
  };
  template <class F>
  struct holder final : anything {
    F f;
    explicit holder(F given) : f(std::move(given)) {}
    R call(Args... args) override { return f(args...); }
    anything* copy() const override { return new holder(f); }
  };
  anything* held_ = nullptr;
};

} // namespace inlay::detail
