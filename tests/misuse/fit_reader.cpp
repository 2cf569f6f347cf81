// expect: refused::fit::wants_a_reader::with_target_type_of_the_loss_not<reader>
#include <inlay/inlay.hpp>
#include <inlay/threads.hpp>

#include <span>

using net_t = inlay::network<inlay::input<6>, inlay::dense<8, inlay::tanh>, inlay::dense<2>>;
#ifdef REJECT
using target = float;
#else
using target = net_t::output_type;
#endif
struct reader {
  using target_type = target;
  void begin(std::size_t epoch);
  std::size_t read(std::span<net_t::input_type> xs, std::span<target> targets);
};
void learn(net_t& net, inlay::adam<net_t>& optimizer, reader& samples) {
  inlay::fit(inlay::threads(2), net, optimizer, inlay::mean_squared_error{}, samples, {.epochs = 3});
}
