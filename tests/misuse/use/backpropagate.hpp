// The gradient of loss_t on one sample, against a target_t.
float loss_of(const net_t& net, const net_t::input_type& x, const target_t& target, net_t& grad) {
  return inlay::backpropagate(net, x, target, loss_t{}, grad);
}
