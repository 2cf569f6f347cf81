// expect: refused::loss<inlay::cross_entropy>::after_layer<2>::wants_logits_of_the_identity_or_negative_log_likelihood::but_gets<inlay::softmax>
#include <inlay/inlay.hpp>

#include <vector>

#ifdef REJECT
using loss = inlay::cross_entropy;
#else
using loss = inlay::negative_log_likelihood;
#endif
using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10, inlay::softmax>>;
void train(net_t& net, inlay::adam<net_t>& optimizer, const std::vector<net_t::input_type>& xs, const std::vector<int>& classes) {
  inlay::fit(net, optimizer, loss{}, xs, classes, {.epochs = 3});
}
