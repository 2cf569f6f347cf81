// expect: ^tests/misuse/fit_callback_takes[^ ]* error: .*refused::on_epoch::wants_to_take<(long )?unsigned (int|long), double>::but_gets<
#include <inlay/inlay.hpp>

#include <vector>

using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10>>;
#ifdef REJECT
void callback(std::size_t);
#else
void callback(std::size_t, double);
#endif
void train(net_t& net, inlay::adam<net_t>& optimizer, const std::vector<net_t::input_type>& xs,
           const std::vector<net_t::output_type>& targets) {
  inlay::fit(net, optimizer, inlay::huber{}, xs, targets, {.epochs = 3, .on_epoch = callback});
}
