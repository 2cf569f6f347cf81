// No input is read and no output written past its end: the caller's memory lies between two pages that may not be touched,
// first against the one behind, then against the one before, at every alignment a scalar allows.
#include "catch.hpp"

#include <inlay/inlay.hpp>

#include <sys/mman.h>
#include <unistd.h>

#include <csetjmp>
#include <csignal>
#include <cstring>
#include <span>

namespace {

/// n objects of T between two guard pages, at the end or at the beginning of what may be touched.
template <class T>
class guarded {
public:
  guarded(std::size_t n, bool at_end) : n_(n) {
    const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    pages_ = (n * sizeof(T) + page - 1) / page + 2;
    size_ = pages_ * page;
    base_ = static_cast<char*>(mmap(nullptr, size_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    REQUIRE(base_ != MAP_FAILED);
    REQUIRE(mprotect(base_, page, PROT_NONE) == 0);
    REQUIRE(mprotect(base_ + size_ - page, page, PROT_NONE) == 0);
    char* const begin = at_end ? base_ + size_ - page - n * sizeof(T) : base_ + page;
    data_ = reinterpret_cast<T*>(begin);
    for (std::size_t i = 0; i < n; ++i) new (data_ + i) T{};
  }
  ~guarded() { munmap(base_, size_); }
  guarded(const guarded&) = delete;
  guarded& operator=(const guarded&) = delete;

  std::span<T> all() const { return {data_, n_}; }
  T& operator[](std::size_t i) const { return data_[i]; }

private:
  std::size_t n_, pages_, size_;
  char* base_;
  T* data_;
};

template <class T, std::size_t In, std::size_t Out>
void stays_within(bool at_end) {
  using net_t = inlay::basic_network<T, inlay::input<In>, inlay::dense<Out, inlay::tanh>, inlay::dense<Out>>;
  net_t net{}, grad{};
  inlay::initialize(net, 1);
  guarded<typename net_t::input_type> x(1, at_end);
  guarded<typename net_t::output_type> y(1, at_end), target(1, at_end);
  net(x[0], y[0]);
  inlay::backpropagate(net, x[0], target[0], inlay::mean_squared_error{}, grad);
  x[0] = inlay::input_gradient(net, x[0], target[0], inlay::huber{});
  for (const std::size_t n : {1u, 2u, 7u, 33u}) {
    guarded<typename net_t::input_type> xs(n, at_end);
    guarded<typename net_t::output_type> ys(n, at_end), targets(n, at_end);
    net(xs.all(), ys.all());
    inlay::backpropagate(net, xs.all(), targets.all(), inlay::mean_squared_error{}, grad);
  }

  // One scalar further at a time.
  guarded<T> unaligned(In + 17, at_end), output(Out + 17, at_end);
  for (std::size_t shift = 0; shift <= 17; ++shift) {
    const std::span<const T, In> from(&unaligned[shift], In);
    const std::span<T, Out> to(&output[shift], Out);
    for (std::size_t i = 0; i < Out + 17; ++i) output[i] = T(7);
    net(from, to);
    for (std::size_t i = 0; i < Out + 17; ++i)
      if (i < shift || i >= shift + Out) REQUIRE(output[i] == T(7));
    inlay::backpropagate(net, from, to, inlay::mean_squared_error{}, grad);
  }
}

template <class T, std::size_t... N>
void for_sizes() {
  for (const bool at_end : {true, false}) (stays_within<T, N, (N * 5) % 19 + 1>(at_end), ...);
}

TEST_CASE("float") { for_sizes<float, 1, 3, 5, 9, 17, 33>(); }
TEST_CASE("double") { for_sizes<double, 1, 3, 7, 10, 17>(); }

TEST_CASE("layers that read the caller's memory first") {
  for (const bool at_end : {true, false}) {
    using net_t = inlay::network<inlay::input<3, 11>, inlay::activation<inlay::tanh>, inlay::conv1d<2, 3>>;
    using conv_t = inlay::network<inlay::input<3, 11>, inlay::conv1d<2, 3>, inlay::activation<inlay::softmax>>;
    using transpose_t = inlay::network<inlay::input<11, 3>, inlay::transpose, inlay::conv1d<2, 3>, inlay::transpose>;
    using residual_t = inlay::network<inlay::input<13>, inlay::residual<inlay::dense<13>>>;
    using parallel_t = inlay::network<inlay::input<3, 11>, inlay::parallel<inlay::concat, inlay::branch<>, inlay::branch<inlay::conv1d<2, 1>>>,
                                      inlay::narrow<1, 4>, inlay::glu>;
    using narrow_t = inlay::network<inlay::input<3, 11>, inlay::narrow<1, 2>, inlay::gated<inlay::tanh, inlay::sigmoid>>;
    using product_t = inlay::network<inlay::input<13>, inlay::parallel<inlay::multiply, inlay::branch<>, inlay::branch<inlay::dense<13>>>>;
    using lists_t = inlay::network<inlay::input_list<inlay::shape<5>, inlay::shape<2, 7>>,
                                   inlay::heads<inlay::branch<inlay::from<2>, inlay::conv1d<3, 2>>, inlay::branch<inlay::from<1>>>>;
    const auto check = [at_end]<class Net>(Net net) {
      Net grad{};
      inlay::initialize(net, 1);
      guarded<typename Net::input_type> xs(5, at_end);
      guarded<typename Net::output_type> ys(5, at_end);
      net(xs[4], ys[4]);
      net(xs[0], ys[0]);
      net(xs.all(), ys.all());
      inlay::backpropagate(net, xs.all(), ys.all(), inlay::mean_squared_error{}, grad);
      xs[4] = inlay::input_gradient(net, xs[4], ys[4], inlay::mean_squared_error{});
    };
    check(net_t{});
    check(conv_t{});
    check(transpose_t{});
    check(residual_t{});
    check(parallel_t{});
    check(narrow_t{});
    check(product_t{});
    check(lists_t{});
  }
}

/// A sample and two, one scalar further at a time.
template <class Input, class... Layers>
void any_alignment() {
  using net_t = inlay::network<Input, Layers...>;
  constexpr std::size_t in = net_t::inputs, out = net_t::outputs;
  net_t net{}, grad{};
  inlay::initialize(net, 1);
  for (const bool at_end : {true, false}) {
    guarded<float> x(2 * in + 17, at_end), y(2 * out + 17, at_end);
    for (std::size_t shift = 0; shift <= 17; ++shift) {
      const std::span<const float, in> from(&x[shift], in);
      const std::span<float, out> to(&y[shift], out);
      net(from, to);
      inlay::backpropagate(net, from, to, inlay::mean_squared_error{}, grad, {.seed = 1});
      inlay::input_gradient(net, from, to, inlay::mean_squared_error{});
      const auto all = inlay::as_rows<in>(std::span<const float>(&x[shift], 2 * in));
      net(all, inlay::as_rows<out>(std::span<float>(&y[shift], 2 * out)));
      inlay::backpropagate(net, all, inlay::as_rows<out>(std::span<const float>(&y[shift], 2 * out)), inlay::mean_squared_error{},
                           grad, {.seed = 1});
    }
  }
}

TEST_CASE("a first layer reads the caller's memory at any alignment") {
  using namespace inlay;
  using whole_lines = input<32>; // no padding between samples, as in blocks of ours
  any_alignment<whole_lines, activation<inlay::tanh>>();
  any_alignment<whole_lines, prelu<>>();
  any_alignment<whole_lines, layer_norm<>>();
  any_alignment<whole_lines, rms_norm<>>();
  any_alignment<whole_lines, group_norm<2>>();
  any_alignment<whole_lines, batch_norm<>>();
  any_alignment<whole_lines, rescale<>>();
  any_alignment<whole_lines, dropout<>>();
  any_alignment<whole_lines, embedding<3, 16>>();
  using one_channel = input<1, 32>; // in the same order inside
  any_alignment<one_channel, max_pool1d<2>>();
  any_alignment<one_channel, avg_pool1d<2>>();
  any_alignment<one_channel, conv1d<16, 3>>();
  using one_position = input<32, 1>;
  any_alignment<one_position, global_max_pool<>>();
  any_alignment<one_position, global_avg_pool<>>();
  any_alignment<one_position, conv1d<32, 1, relu, conv_options{.groups = 32}>>();
}

sigjmp_buf caught;
void on_fault(int) { siglongjmp(caught, 1); }

TEST_CASE("the guard pages guard") {
  struct sigaction action{}, segv{}, bus{};
  action.sa_handler = on_fault;
  action.sa_flags = SA_NODEFER;
  sigaction(SIGSEGV, &action, &segv);
  sigaction(SIGBUS, &action, &bus);
  int faults = 0;
  for (const bool at_end : {true, false}) {
    guarded<float> five(5, at_end);
    volatile const float* past = &five[0] + (at_end ? 5 : -1);
    if (sigsetjmp(caught, 1) == 0) static_cast<void>(*past);
    else ++faults;
  }
  sigaction(SIGSEGV, &segv, nullptr);
  sigaction(SIGBUS, &bus, nullptr);
  CHECK(faults == 2);
}

} // namespace
