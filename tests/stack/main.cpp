// What calls really take of the stack: each runs in a thread whose stack is painted, and what has lost its colour was
// used.
#include <inlay/inlay.hpp>

#include <pthread.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <memory>
#include <vector>

namespace {

using policy = inlay::network<inlay::input<48>, inlay::dense<512, inlay::elu>, inlay::dense<256, inlay::elu>,
                              inlay::dense<128, inlay::elu>, inlay::dense<12>>;

/// A net with all that its calls need, on the heap.
template <class Net>
struct scene {
  static constexpr std::size_t samples = 70; // more than go together
  Net net{}, grad{};
  inlay::adam<Net> optimizer{};
  typename Net::input_type xs[samples]{};
  typename Net::output_type ys[samples]{};
  std::array<typename Net::scalar, Net::parameter_count> parameters{};
  inlay::workspace<Net> workspace;

  scene() {
    inlay::initialize(net, 1);
    for (auto& x : xs)
      for (auto& x_i : x)
        x_i = static_cast<typename Net::scalar>(std::rand()) / static_cast<typename Net::scalar>(RAND_MAX) - 1;
  }
};

void run_in_thread(pthread_attr_t& attributes, void* (*run)(void*), void* argument) {
  pthread_t thread;
  if (pthread_create(&thread, &attributes, run, argument) != 0)
    std::abort();
  pthread_join(thread, nullptr);
}

struct painted {
  static constexpr std::size_t size = 16 << 20;
  static constexpr unsigned char colour = 0xa5;
  unsigned char* memory;
  const std::function<void()>& f;
  std::size_t used;
};

void* run_painted(void* argument) {
  auto& on = *static_cast<painted*>(argument);
  auto* const here = static_cast<unsigned char*>(__builtin_frame_address(0));
  constexpr std::size_t own = 512; // this frame, and memset's
  std::memset(on.memory, painted::colour, static_cast<std::size_t>(here - on.memory) - own);
  on.f();
  const unsigned char* lowest = on.memory;
  while (*lowest == painted::colour)
    ++lowest;
  on.used = static_cast<std::size_t>(here - lowest);
  return nullptr;
}

/// Bytes of the stack that f touches.
std::size_t touched(const std::function<void()>& f) {
  static auto* const memory = static_cast<unsigned char*>(std::aligned_alloc(4096, painted::size));
  painted on{memory, f, 0};
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstack(&attributes, memory, painted::size);
  run_in_thread(attributes, run_painted, &on);
  pthread_attr_destroy(&attributes);
  return on.used;
}

void* run_function(void* f) {
  (*static_cast<const std::function<void()>*>(f))();
  return nullptr;
}

bool failed = false;

/// At most what is stated, which is at most so many times as much, the allowance for frames aside: of layers with
/// places of their own all are counted, though most compilers let them share.
template <class Net>
constexpr std::size_t halves_stated = requires {
  requires Net::topology::template layer<1>::positions > 0;
} || inlay::composite_layer<typename Net::topology::template layer<1>> ? 5 : 3;
template <class Net>
void check(const char* name, const char* what, inlay::call call, const std::function<void()>& f, bool all = true) {
  const std::size_t used = touched(f), stated = inlay::stack_bytes<Net>(call);
  const bool right = used <= stated && (!all || stated <= inlay::detail::frames + used * halves_stated<Net> / 2);
  std::printf("%-24s %-28s %8zu used %8zu stated%s\n", name, what, used, stated, right ? "" : "  WRONG");
  if (!right)
    failed = true;
}

template <class Net, class Logits = inlay::cross_entropy>
void check_all(const char* name) {
  using enum inlay::call;
  const auto all = std::make_unique<scene<Net>>();
  auto& s = *all;
  constexpr inlay::mean_squared_error loss{};
  constexpr Logits logits{};
  check<Net>(name, "inference", inference, [&] { s.net(s.xs[0], s.ys[0]); });
  check<Net>(name, "batch_inference", batch_inference, [&] { s.net(s.xs, s.ys); });
  check<Net>(name, "evaluate a batch", batch_evaluation, [&] { inlay::evaluate(s.net, loss, s.xs, s.ys); });
  check<Net>(name, "evaluate", evaluation, [&] { inlay::evaluate(s.net, loss, s.xs[0], s.ys[0]); }, false); // folds to nothing where it can
  check<Net>(name, "evaluate logits", evaluation, [&] { inlay::evaluate(s.net, logits, s.xs[0], s.ys[0]); }, false);
  check<Net>(name, "evaluate a batch of logits", batch_evaluation, [&] { inlay::evaluate(s.net, logits, s.xs, s.ys); });
  check<Net>(name, "evaluate logits in a workspace", in_workspace, [&] { inlay::evaluate(s.net, logits, s.xs, s.ys, s.workspace); }, false);
  check<Net>(name, "backpropagate", training, [&] { inlay::backpropagate(s.net, s.xs[0], s.ys[0], loss, s.grad); });
  check<Net>(name, "train_step", training, [&] { inlay::train_step(s.net, s.optimizer, loss, s.xs[0], s.ys[0]); });
  check<Net>(name, "input_gradient", input_gradient,
             [&] { s.xs[1] = inlay::input_gradient(s.net, s.xs[0], s.ys[0], loss); });
  check<Net>(name, "backpropagate a batch", batch_training,
             [&] { inlay::backpropagate(s.net, s.xs, s.ys, loss, s.grad); });
  check<Net>(name, "train_step of a batch", batch_training,
             [&] { inlay::train_step(s.net, s.optimizer, loss, s.xs, s.ys, s.grad); });
  check<Net>(name, "train_step of few", batch_training, [&] { inlay::train_step(s.net, s.optimizer, loss, std::span(s.xs).first(7), std::span(s.ys).first(7), s.grad); }, false); // the gradient's memory may serve
  check<Net>(name, "fit, with validation", fit, [&] { inlay::fit(s.net, s.optimizer, logits, s.xs, s.ys, s.xs, s.ys); }, false);
  check<Net>(name, "fit", fit, [&] { inlay::fit(s.net, s.optimizer, loss, s.xs, s.ys); }, false);
  check<Net>(name, "batch in a workspace", in_workspace, [&] { s.net(s.xs, s.ys, s.workspace); }, false);
  check<Net>(name, "evaluate in a workspace", in_workspace, [&] { inlay::evaluate(s.net, loss, s.xs, s.ys, s.workspace); }, false);
  check<Net>(name, "backpropagate in a workspace", in_workspace, [&] { inlay::backpropagate(s.net, s.xs, s.ys, loss, s.grad, s.workspace); }, false);
  check<Net>(name, "train_step in a workspace", in_workspace, [&] { inlay::train_step(s.net, s.optimizer, loss, s.xs, s.ys, s.grad, s.workspace); }, false);
  check<Net>(name, "fused in a workspace", in_workspace, [&] { inlay::train_step(s.net, s.optimizer, loss, std::span(s.xs).first(9), std::span(s.ys).first(9), s.grad, s.workspace); }, false);
  constexpr inlay::step_options clipping{.clip_gradient_norm = 1};
  check<Net>(name, "train_step with options", training,
             [&] { inlay::train_step(s.net, s.optimizer, loss, s.xs[0], s.ys[0], s.grad, clipping); });
  if constexpr (inlay::stack_bytes<Net>(training_without_grad) <= inlay::stack_budget<Net>) // or it does not compile
    check<Net>(name, "training_without_grad", training_without_grad,
               [&] { inlay::train_step(s.net, s.optimizer, loss, s.xs[0], s.ys[0], clipping); });
  check<Net>(name, "get_parameters", get_parameters, [&] { s.parameters = inlay::get_parameters(s.net); });
}

/// In a thread of 256 KiB, where too much is a segmentation fault.
void run_policy() {
  const auto all = std::make_unique<scene<policy>>();
  auto& s = *all;
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, 256 << 10);
  std::function<void()> f = [&] {
    constexpr inlay::huber loss{};
    s.net(s.xs, s.ys);
    inlay::backpropagate(s.net, s.xs, s.ys, loss, s.grad);
    inlay::train_step(s.net, s.optimizer, loss, std::span(s.xs).first(32), std::span(s.ys).first(32), s.grad);
    inlay::train_step(s.net, s.optimizer, loss, s.xs[0], s.ys[0], s.grad, {.clip_gradient_norm = 1, .freeze = {1}});
    inlay::get_parameters(s.net, s.parameters);
    inlay::fit(s.net, s.optimizer, loss, s.xs, s.ys, s.xs, s.ys, {.epochs = 2, .keep_best = true});
    inlay::train_step(s.net, s.optimizer, loss, s.xs, s.ys, s.grad, s.workspace);
  };
  run_in_thread(attributes, run_function, &f);
  pthread_attr_destroy(&attributes);
  std::printf("lives in 256 KiB: %g\n", static_cast<double>(s.net(s.xs[0])[0]));
}

} // namespace

int main(int argc, char**) {
  if (argc > 1)
    return run_policy(), 0;
  using namespace inlay;
  check_all<network<input<64>, dense<64, relu>, dense<64, relu>, dense<10>>>("64-64-64-10");
  check_all<network<input<2, 20>, conv1d<5, 3, elu, 2>, dense<45, relu>, residual<dense<45>>, activation<sigmoid>, dense<10, gelu>>>(
      "conv1d, residual");
  check_all<policy>("48-512-256-128-12");
#ifdef ALL // they take minutes to compile
  check_all<network<input<70>, parallel<concat, branch<dense<60, relu>>, branch<>, branch<residual<dense<70>>>>, gated<inlay::tanh, sigmoid>,
                    parallel<multiply, branch<dense<100>>, branch<parallel<add, branch<>, branch<dense<100>>>>>, dense<5>>>("branches");
  check_all<network<input_list<shape<30>, shape<2, 40>>, parallel<concat, branch<from<1>>, branch<from<2>, conv1d<8, 5, relu>, dense<20>>>,
                    heads<branch<dense<300>>, branch<dense<1>>>>,
            each<cross_entropy, mean_squared_error>>("inputs and heads");
  check_all<network<input<4>, dense<16, relu>, dense<16, relu>, dense<2>>>("4-16-16-2");
  check_all<network<input<784>, dense<128, inlay::tanh>, dense<10>>>("784-128-10");
  check_all<network<input<1, 64>, conv1d<8, 5, relu>, conv1d<16, 3, relu, 2>, conv1d<8, 3>, dense<10>>>("conv1d, three");
  check_all<basic_network<double, input<30>, dense<90, inlay::tanh>, dense<4>>>("double 30-90-4");
  check_all<network<input<2>, dense<2000>>>("2-2000");
  check_all<basic_network<double, input<1>, dense<5000>>>("double 1-5000");
  check_all<network<sequence<9, 20>, bidirectional<self_attention<4>, lstm<16>>, last_step, dense<5>>>("attention and lstm, both ways");
#endif
  return failed ? 1 : 0;
}
