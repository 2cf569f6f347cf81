// Inference, backpropagation and optimizer steps never touch the heap: every way to it is counted.
#include "catch.hpp"
#include "nothing_hidden/streams.hpp"

#include <inlay/inlay.hpp>

#include <cstdlib>
#include <memory>
#include <new>
#include <vector>

namespace {
std::size_t allocations = 0;
}

#if INLAY_WATCHED // a sanitizer has a heap of its own, and tells who wants to know
extern "C" int __sanitizer_install_malloc_and_free_hooks(void (*)(const volatile void*, std::size_t),
                                                         void (*)(const volatile void*));
namespace {
[[maybe_unused]] const int installed = __sanitizer_install_malloc_and_free_hooks(
    [](const volatile void*, std::size_t) { ++allocations; }, [](const volatile void*) {});
}
#else
extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_memalign(std::size_t, std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* malloc(std::size_t n) { return ++allocations, __libc_malloc(n); }
void* calloc(std::size_t n, std::size_t size) { return ++allocations, __libc_calloc(n, size); }
void* realloc(void* p, std::size_t n) { return ++allocations, __libc_realloc(p, n); }
void* aligned_alloc(std::size_t alignment, std::size_t n) { return ++allocations, __libc_memalign(alignment, n); }
}

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmismatched-new-delete" // free() inlined into a caller that holds what new gave it
#endif

void* operator new(std::size_t n) {
  ++allocations;
  if (void* p = std::malloc(n)) return p;
  std::abort();
}
void* operator new(std::size_t n, std::align_val_t alignment) {
  ++allocations;
  const auto a = static_cast<std::size_t>(alignment);
  if (void* p = std::aligned_alloc(a, (n + a - 1) / a * a)) return p;
  std::abort();
}
void operator delete(void* p) noexcept { std::free(p); }
void operator delete(void* p, std::size_t) noexcept { std::free(p); }
void operator delete(void* p, std::align_val_t) noexcept { std::free(p); }
void operator delete(void* p, std::size_t, std::align_val_t) noexcept { std::free(p); }

#endif

namespace {

template <class F>
std::size_t allocations_of(F f) {
  const std::size_t before = allocations;
  f();
  return allocations - before;
}

using net_t = inlay::network<inlay::input<2, 20>, inlay::conv1d<5, 3, inlay::tanh, 2>,
                             inlay::dense<45, inlay::relu>, inlay::residual<inlay::dense<45>>,
                             inlay::activation<inlay::sigmoid>, inlay::dense<10, inlay::gelu>>;

TEST_CASE("the count sees what it has to") {
  // A compiler may leave out an allocation that nobody looks at.
  CHECK(allocations_of([] { std::vector<int> v(100); asm volatile("" : : "r"(v.data()) : "memory"); }) >= 1);
  CHECK(allocations_of([] { // over-aligned
          auto net = std::make_unique<net_t>();
          asm volatile("" : : "r"(net.get()) : "memory");
        }) >= 1);
#if !INLAY_WATCHED
  CHECK(allocations_of([] {
          void* volatile p = std::malloc(10);
          std::free(p);
        }) == 1);
#endif
}

TEST_CASE("nothing is allocated") {
  static net_t net{}, grad{};
  inlay::initialize(net, 1);
  static net_t::input_type xs[70]{};
  static net_t::output_type ys[70]{};
  static std::size_t classes[70]{};

  CHECK(allocations_of([] { ys[0] = net(xs[0]); }) == 0);
  CHECK(allocations_of([] { net(xs, ys); }) == 0);
  CHECK(allocations_of([] { inlay::backpropagate(net, xs[0], ys[0], inlay::huber{}, grad); }) == 0);
  CHECK(allocations_of([] { inlay::backpropagate(net, xs, classes, inlay::cross_entropy{}, grad); }) == 0);
  CHECK(allocations_of([] { inlay::evaluate(net, inlay::huber{}, xs[0], ys[0]); }) == 0);
  CHECK(allocations_of([] { inlay::evaluate(net, inlay::cross_entropy{}, xs, classes); }) == 0);
  CHECK(allocations_of([] { xs[1] = inlay::input_gradient(net, xs[0], ys[0], inlay::mean_squared_error{}); }) == 0);

  static inlay::sgd<net_t> sgd{{.momentum = 0.9f}};
  static inlay::adam<net_t> adam{};
  static inlay::adamw<net_t> adamw{};
  static inlay::rmsprop<net_t> rmsprop{{.momentum = 0.9f, .centered = true}};
  CHECK(allocations_of([] {
          sgd.step(net, grad);
          adam.step(net, grad);
          adamw.step(net, grad);
          rmsprop.step(net, grad);
        }) == 0);
  CHECK(allocations_of([] {
          inlay::train_step(net, adam, inlay::cross_entropy{}, xs, classes, grad, {.clip_gradient_norm = 1, .freeze = {1, 3}});
          inlay::step(net, adamw, grad, {.learning_rate = 1e-3, .clip_gradient_norm = 1});
          inlay::clip_gradient_norm(grad, 1);
          inlay::zero_gradient(grad);
        }) == 0);
  CHECK(allocations_of([] {
          inlay::initialize(net, 2);
          inlay::set_parameters(net, inlay::get_parameters(grad));
          net.layer<2>().assign(grad.layer<2>().weights(), grad.layer<2>().biases());
        }) == 0);
}

TEST_CASE("a stream allocates nothing") {
  static streams::subject<streams::recurrent> recurrent;
  static streams::subject<streams::convolutional> convolutional;
  static streams::subject<streams::attentive> attentive;
  CHECK(allocations_of([] { recurrent.all(); }) == 0);
  CHECK(allocations_of([] { convolutional.all(); }) == 0);
  CHECK(allocations_of([] { attentive.all(); }) == 0);
}

} // namespace
