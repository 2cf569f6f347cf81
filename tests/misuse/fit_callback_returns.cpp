// expect: ^tests/misuse/fit_callback_returns[^ ]* error: .*refused::on_epoch::wants_nothing_or_stop_training_returned::but_gets<bool>
#include <inlay/inlay.hpp>

#include <vector>

using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10>>;
#ifdef REJECT
using stop = bool;
#else
using stop = inlay::stop_training;
#endif
void train(net_t& net, inlay::adam<net_t>& optimizer, const std::vector<net_t::input_type>& xs,
           const std::vector<net_t::output_type>& targets) {
  inlay::fit(net, optimizer, inlay::huber{}, xs, targets,
             {.epochs = 3, .on_epoch = [](std::size_t, double loss) { return stop{loss < 1}; }});
}
