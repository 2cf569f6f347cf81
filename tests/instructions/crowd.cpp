// crowd CALL: one call of one net; with CROWDED in a unit of many nets, where g++ makes part of their callers of fewer
// functions. crowd.cmake counts the instructions of measured_CALL in both under callgrind.
#include <inlay/inlay.hpp>

#include <cstring>

namespace {

using namespace inlay;
using net_t = network<input<17>, dense<64, elu>, dense<48, relu>, dense<6>>;

template <class Net>
struct scene {
  Net net{}, grad{};
  adam<Net> optimizer{};
  std::array<typename Net::input_type, 40> xs{};
  std::array<typename Net::output_type, 40> ys{};
  workspace<Net> place;

  void infer() { net(xs, ys); }
  void backpropagate() { inlay::backpropagate(net, xs, ys, huber{}, grad); }
  void step() { train_step(net, optimizer, huber{}, xs[0], ys[0]); }
  void batch_step() { train_step(net, optimizer, huber{}, std::span(xs).template first<24>(), std::span(ys).template first<24>(), grad); }
  void all() {
    infer();
    backpropagate();
    step();
    batch_step();
    train_step(net, optimizer, huber{}, xs, ys, grad, place, {.clip_gradient_norm = 1});
    evaluate(net, huber{}, xs, ys);
  }
};

scene<net_t> one;

} // namespace

extern "C" {
[[gnu::noinline]] void measured_inference() { one.infer(); }
[[gnu::noinline]] void measured_backpropagate() { one.backpropagate(); }
[[gnu::noinline]] void measured_step() { one.step(); }
[[gnu::noinline]] void measured_batch_step() { one.batch_step(); }
}

int main(int argc, char** argv) {
  initialize(one.net, 1);
  const auto is = [&](const char* call) { return argc > 1 && std::strcmp(argv[1], call) == 0; };
  if (is("inference")) measured_inference();
  if (is("backpropagate")) measured_backpropagate();
  if (is("step")) measured_step();
  if (is("batch_step")) measured_batch_step();
#ifdef CROWDED
  if (argc > 2) {
    static scene<network<input<48>, dense<512, elu>, dense<256, elu>, dense<128, elu>, dense<12>>> a;
    static scene<network<input<17>, dense<256, relu>, dense<256, relu>, dense<6>>> b;
    static scene<network<input<64>, dense<64, gelu>, dense<64, gelu>, dense<10>>> c;
    static scene<network<input<4>, dense<16, relu>, dense<16, relu>, dense<2>>> d;
    static scene<network<input<784>, dense<128, inlay::tanh>, dense<10>>> e;
    static scene<network<input<1, 40>, conv1d<8, 5, relu>, conv1d<8, 3, relu>, dense<3>>> f;
    a.all(), b.all(), c.all(), d.all(), e.all(), f.all();
  }
#endif
}
