// expect: refused::fit::wants_a_reader::with_read_of_two_spans_that_returns_how_many_not<reader>
#include <inlay/inlay.hpp>

#include <span>

using net_t = inlay::network<inlay::input<6>, inlay::dense<8, inlay::tanh>, inlay::dense<2>>;
#ifdef REJECT
using count = void;
#else
using count = std::size_t;
#endif
struct reader {
  using target_type = net_t::output_type;
  void begin(std::size_t epoch);
  count read(std::span<net_t::input_type> xs, std::span<net_t::output_type> targets);
};
void learn(net_t& net, inlay::adam<net_t>& optimizer, reader& samples) {
  inlay::fit(net, optimizer, inlay::mean_squared_error{}, samples, {.epochs = 3});
}
