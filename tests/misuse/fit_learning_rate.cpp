// expect: ^tests/misuse/fit_learning_rate[^ ]* error: .*refused::learning_rate::wants_a_number_or_a_function::but_gets<const char ?\*>
#include <inlay/inlay.hpp>

#include <vector>

using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10>>;
#ifdef REJECT
const char* const rate = "1e-3";
#else
const inlay::step_schedule rate{.learning_rate = 1e-3, .step_size = 100};
#endif
void train(net_t& net, inlay::adam<net_t>& optimizer, const std::vector<net_t::input_type>& xs,
           const std::vector<net_t::output_type>& targets) {
  inlay::fit(net, optimizer, inlay::huber{}, xs, targets, {.epochs = 3, .learning_rate = rate});
}
