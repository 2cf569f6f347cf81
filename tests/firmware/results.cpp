// Prints what nets of every layer, activation, loss and optimizer compute, one number a line, for compare.sh: this
// machine's numbers and another target's must agree.
#include <inlay/inlay.hpp>

#include <cstdio>
#include <utility>

namespace {

using inlay::dense, inlay::input;

bool padding_is_zero = true;

void print(const char* name, double x) { std::printf("%s %.9g\n", name, x); }

template <class Net>
void print_net(const char* name, const Net& net) {
  using T = typename Net::scalar;
  T sum = 0, alternating = 0, parameters = 0;
  for (std::size_t k = 0; k < Net::topology::storage; ++k)
    parameters += inlay::math::absolute(net.theta()[k]);
  const auto values = inlay::get_parameters(net);
  for (std::size_t k = 0; k < values.size(); ++k) {
    sum += inlay::math::absolute(values[k]);
    alternating += k % 3 == 0 ? values[k] : -values[k];
  }
  print(name, static_cast<double>(sum));
  print(name, static_cast<double>(alternating));
  Net same{};
  inlay::set_parameters(same, values);
  padding_is_zero &= same == net && parameters <= sum * T(1.0001) && sum <= parameters * T(1.0001);
}

template <class T, class Net>
void train(const char* name, auto optimizer, auto loss) {
  Net net{}, grad{};
  inlay::initialize(net, 7);
  std::array<typename Net::input_type, 5> xs{};
  std::array<typename Net::output_type, 5> ys{}, outs{};
  for (std::size_t s = 0; s < 5; ++s) {
    for (std::size_t i = 0; i < Net::inputs; ++i)
      xs[s][i] = T((s * 7 + i * 3) % 11) / T(8) - T(0.6);
    ys[s][s % Net::outputs] = 1;
  }
  print(name, inlay::backpropagate(net, xs[0], ys[0], loss, grad));
  print(name, inlay::backpropagate(net, xs, ys, loss, grad));
  print_net(name, grad);
  for (int step = 0; step < 3; ++step) {
    optimizer.step(net, grad);
    print(name, inlay::train_step(net, optimizer, loss, xs[1], ys[1]));
    print(name, inlay::train_step(net, optimizer, loss, xs, ys, grad));
  }
  print_net(name, net);
  for (const T g : inlay::input_gradient(net, xs[2], ys[2], loss))
    print(name, static_cast<double>(g));
  net(xs, outs);
  for (const auto& out : outs)
    for (const T y : out)
      print(name, static_cast<double>(y));
}

template <class T, class Activation>
void activate(const char* name) {
  inlay::basic_network<T, input<3>, dense<3, Activation>> net{};
  for (std::size_t i = 0; i < 3; ++i)
    net.template layer<1>().weight(i, i) = 1;
  for (int k = -40; k <= 40; k += 4) {
    for (const T y : net({T(k) / 8, T(k) * 2, T(k) * T(1e-30)}))
      print(name, static_cast<double>(y));
  }
}

template <class T>
void all() {
  const auto activations = []<class... Activation>(std::pair<const char*, Activation>... one) {
    (activate<T, Activation>(one.first), ...);
  };
#define ONE(name)         \
  std::pair {             \
    #name, inlay::name {} \
  }
  activations(ONE(identity), ONE(relu), ONE(leaky_relu), ONE(elu), ONE(selu), ONE(celu), ONE(sigmoid), ONE(tanh),
              ONE(gelu), ONE(gelu_tanh), ONE(silu), ONE(mish), ONE(softplus), ONE(softsign), ONE(hard_sigmoid),
              ONE(hard_tanh), ONE(hard_swish), ONE(softmax), ONE(log_softmax), ONE(fast_tanh), ONE(fast_sigmoid));
#undef ONE
  using policy = inlay::basic_network<T, input<3>, dense<33, inlay::tanh>, dense<5, inlay::gelu>, dense<3>>;
  train<T, policy>("adam", inlay::adam<policy>{{.weight_decay = T(0.01)}}, inlay::mean_squared_error{});
  train<T, policy>("adamw", inlay::adamw<policy>{}, inlay::huber{});
  train<T, policy>("rmsprop", inlay::rmsprop<policy>{{.momentum = T(0.5), .centered = true}},
                   inlay::binary_cross_entropy{});
  train<T, policy>("sgd", inlay::sgd<policy>{{.learning_rate = T(0.1), .momentum = T(0.5), .nesterov = true}},
                   inlay::mean_absolute_error{});
  using classes = inlay::basic_network<T, input<2, 9>, inlay::transpose, inlay::conv1d<3, 2, inlay::silu>, dense<24>,
                                       inlay::residual<dense<24, inlay::elu>>, inlay::activation<inlay::softsign>,
                                       dense<4, inlay::log_softmax>>;
  static_assert(classes::depth == 6);
  train<T, classes>("classes", inlay::adam<classes>{}, inlay::negative_log_likelihood{});
  train<T, classes>("logits", inlay::sgd<classes>{}, inlay::cross_entropy{});
}

} // namespace

int main() {
  all<float>();
  all<double>();
  std::printf("padding_is_zero %d\n", padding_is_zero);
  return padding_is_zero ? 0 : 1;
}
