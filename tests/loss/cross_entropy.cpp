#include "last_words.hpp"
#include "loss/loss.hpp"

#include <numeric>
#include <vector>

namespace {

template <class T>
using five = alone<T, 5, inlay::cross_entropy>;

constexpr std::size_t third = 2;

template <class T>
T sum(const std::array<T, 5>& x) {
  return std::accumulate(x.begin(), x.end(), T(0));
}

} // namespace

static_assert(alone<float, 4, inlay::cross_entropy>::slope({7, 7, 7, 7}, third)[2] == -0.75f);
static_assert(alone<double, 2, inlay::cross_entropy>::value({-1e4, 1e4}, std::size_t{0}) == 2e4);

TEMPLATE_TEST_CASE("cross entropy of a class index is -log of its softmax", "[loss]", float, double) {
  using T = TestType;
  const std::array<T, 5> a{1, -2, T(0.5), 3, 0};
  double total = 0;
  for (const T a_i : a)
    total += std::exp(static_cast<double>(a_i));
  CHECK(five<T>::value(a, third) == Approx(std::log(total) - 0.5));
  const auto slope = five<T>::slope(a, third);
  for (std::size_t i = 0; i < 5; ++i)
    CHECK(slope[i] == Approx(std::exp(static_cast<double>(a[i])) / total - (i == third)));

  enum color {
    red,
    green,
    blue,
  };
  CHECK(five<T>::value(a, 2) == five<T>::value(a, third)); // of any integral type
  CHECK(five<T>::value(a, blue) == five<T>::value(a, third));
}

TEMPLATE_TEST_CASE("cross entropy of probabilities weighs the classes", "[loss]", float, double) {
  using T = TestType;
  const std::array<T, 5> a{1, -2, T(0.5), 3, 0}, one_hot{0, 0, 1, 0, 0};
  CHECK(five<T>::value(a, one_hot) == five<T>::value(a, third));
  CHECK(five<T>::slope(a, one_hot) == five<T>::slope(a, third));

  std::array<T, 5> mixed{};
  mixed[0] = T(0.25);
  mixed[3] = T(0.75);
  CHECK(five<T>::value(a, mixed) == Approx(0.25 * five<T>::value(a, 0) + 0.75 * five<T>::value(a, 3)));
  CHECK(sum(five<T>::slope(a, mixed)) == Approx(0).margin(1e-6));
}

TEMPLATE_TEST_CASE("cross entropy of probabilities that are all zero is nothing", "[loss]", float, double) {
  using T = TestType;
  const std::array<T, 5> a{1, -2, T(0.5), 3, 0}, none{};
  CHECK(five<T>::value(a, none) == 0);
  CHECK(five<T>::slope(a, none) == none);
}

TEMPLATE_TEST_CASE("cross entropy of huge logits is finite, and exact", "[loss]", float, double) {
  using T = TestType;
  for (const T big : {T(1e4), T(1e30)}) {
    const std::array<T, 5> a{big, -big, 0, -big, big / 2};
    CHECK(five<T>::value(a, std::size_t{0}) == 0);
    CHECK(five<T>::value(a, std::size_t{1}) == 2 * big);
    CHECK(five<T>::slope(a, std::size_t{0}) == std::array<T, 5>{});
    CHECK(five<T>::slope(a, std::size_t{1}) == std::array<T, 5>{1, -1, 0, 0, 0});
  }
}

TEMPLATE_TEST_CASE("a class that is ruled out by a logit of -infinity costs nothing unless it is the target",
                   "[loss]", float, double) {
  using T = TestType;
  const std::array<T, 5> a{0, -infinity<T>, 0, 0, 0};
  CHECK(five<T>::value(a, third) == Approx(std::log(4.0)));
  CHECK(five<T>::slope(a, third)[1] == 0);
  CHECK(five<T>::value(a, std::size_t{1}) == infinity<T>);
}

TEMPLATE_TEST_CASE("a NaN among the logits is a NaN in the loss", "[loss]", float, double) {
  using T = TestType;
  for (std::size_t i = 0; i < 5; ++i) {
    std::array<T, 5> a{1, 2, 3, 4, 5};
    a[i] = not_a_number<T>;
    CHECK(std::isnan(five<T>::value(a, third)));
    std::array<T, 5> y{0, 0, 1, 0, 0};
    y[i] = not_a_number<T>;
    CHECK(std::isnan(five<T>::value({1, 2, 3, 4, 5}, y)));
  }
}

TEMPLATE_TEST_CASE("cross entropy behind log_softmax enters the chain at z", "[loss]", float, double) {
  using T = TestType;
  using logits_t = inlay::basic_network<T, inlay::input<3>, inlay::dense<5>>;
  using log_t = inlay::basic_network<T, inlay::input<3>, inlay::dense<5, inlay::log_softmax>>;
  logits_t logits{}, grad{};
  log_t log_probabilities{}, log_grad{};
  inlay::initialize(logits, 1);
  inlay::set_parameters(log_probabilities, inlay::get_parameters(logits));
  const std::array<T, 3> x{1, -2, 3};
  const T a = inlay::backpropagate(logits, x, third, inlay::cross_entropy{}, grad);
  const T b = inlay::backpropagate(log_probabilities, x, third, inlay::cross_entropy{}, log_grad);
  CHECK(a == Approx(b));
  const auto expected = inlay::get_parameters(grad), found = inlay::get_parameters(log_grad);
  for (std::size_t k = 0; k < expected.size(); ++k)
    CHECK(found[k] == Approx(expected[k]).margin(1e-6));
}

TEMPLATE_TEST_CASE("weighted cross entropy of class indices is divided by the sum of their weights", "[loss]", float, double) {
  using T = TestType;
  using loss_t = inlay::weighted_cross_entropy<5>;
  using weighted = alone<T, 5, loss_t>;
  const loss_t loss{{1, 2.5, 0.5, 0, 3}};
  const std::array<T, 5> a{1, -2, T(0.5), 3, 0};
  CHECK(weighted::value(a, 1, loss) == Approx(five<T>::value(a, 1))); // of one sample nothing is left of its weight
  CHECK(weighted::slope(a, 1, loss)[0] == Approx(five<T>::slope(a, 1)[0]));
  CHECK(weighted::value(a, 3, loss) == 0); // and what weighs nothing is nothing
  CHECK(weighted::slope(a, 3, loss) == std::array<T, 5>{});

  using net_t = typename weighted::net_t;
  const std::vector<std::array<T, 5>> xs{a, {0, 1, 2, 3, 4}, {4, 3, 2, 1, 0}};
  const std::vector<int> classes{1, 2, 4};
  double wanted = 0;
  for (std::size_t s = 0; s < 3; ++s)
    wanted += loss.weights[static_cast<std::size_t>(classes[s])] * static_cast<double>(five<T>::value(xs[s], classes[s]));
  net_t net{}, grad{};
  inlay::sgd<net_t> optimizer{};
  CHECK(inlay::backpropagate(net, xs, classes, loss, grad) == Approx(wanted / 6));
  CHECK(inlay::train_step(net, optimizer, loss, xs, classes, grad) == Approx(wanted / 6));

  std::array<T, 5> mixed{};
  mixed[0] = T(0.25);
  mixed[1] = T(0.75);
  CHECK(weighted::value(a, mixed, loss) == Approx(0.25 * five<T>::value(a, 0) + 0.75 * 2.5 * five<T>::value(a, 1)));

  // The same behind a softmax and a log_softmax.
  using inlay::softmax, inlay::log_softmax;
  const auto behind = [&]<class Activation>(const auto& by, Activation) {
    using other_t = inlay::basic_network<T, inlay::input<5>, inlay::activation<Activation>>;
    other_t other{}, ignored{};
    CHECK(inlay::backpropagate(other, xs, classes, by, ignored) == Approx(wanted / 6));
  };
  behind(loss, log_softmax{});
  behind(inlay::weighted_negative_log_likelihood<5>{loss.weights}, softmax{});
  behind(inlay::weighted_negative_log_likelihood<5>{loss.weights}, log_softmax{});
}

TEST_CASE("a class index beyond the outputs ends with a line that says so", "[loss]") {
  const std::string words = last_words([] { five<float>::value({}, std::size_t{5}); });
  CHECK(words == "inlay: target: wanted a class index below the number of outputs, 5; found 5\n");
  const auto found = [](auto target) { // of a sample, a batch, with weights, and of fit
    using net_t = five<float>::net_t;
    const std::vector<std::array<float, 5>> xs(1);
    const std::vector targets{target};
    const inlay::weighted_cross_entropy<5> weighted{{1, 1, 1, 1, 1}};
    net_t net{}, grad{};
    inlay::sgd<net_t> optimizer{};
    const std::string one = last_words([&] { inlay::backpropagate(net, xs[0], target, inlay::cross_entropy{}, grad); });
    for (const std::string& other :
         {last_words([&] { inlay::backpropagate(net, xs, targets, inlay::cross_entropy{}, grad); }),
          last_words([&] { inlay::evaluate(net, inlay::cross_entropy{}, xs, targets); }),
          last_words([&] { inlay::evaluate(net, weighted, xs, targets); }),
          last_words([&] { inlay::train_step(net, optimizer, weighted, xs[0], target); }),
          last_words([&] { inlay::fit(net, optimizer, inlay::cross_entropy{}, xs, targets); })})
      CHECK(other == one);
    const std::string wanted = "inlay: target: wanted a class index below the number of outputs, 5; found ";
    REQUIRE(one.starts_with(wanted));
    return one.substr(wanted.size());
  };
  enum class rank : short { none = -1,
                            eighth = 7 };
  CHECK(found(-1) == "-1\n");
  CHECK(found(static_cast<signed char>(-128)) == "-128\n");
  CHECK(found(rank::none) == "-1\n");
  CHECK(found(rank::eighth) == "7\n");
  CHECK(found(std::uint8_t{200}) == "200\n");
}

TEST_CASE("a class that is ignored counts nothing, in value, gradient and mean", "[loss]") {
  using net_t = five<double>::net_t;
  const net_t net{};
  const std::vector<std::array<double, 5>> xs{{1, -2, 0.5, 3, 0}, {0, 1, 0, 0, 2}, {4, 0, 0, 1, 0}};
  const std::vector<int> all{2, 4, 1}, without_second{2, -100, 1}, none{-100, -100, -100};
  const inlay::cross_entropy loss{};
  const double first = inlay::evaluate(net, loss, xs[0], 2), third_loss = inlay::evaluate(net, loss, xs[2], 1);
  CHECK(inlay::evaluate(net, loss, xs, without_second) == Approx((first + third_loss) / 2));
  CHECK(inlay::evaluate(net, loss, xs, none) == 0);
  CHECK(inlay::evaluate(net, loss, xs[1], -100) == 0);
  CHECK(five<double>::slope(xs[1], -100) == std::array<double, 5>{});
  CHECK(inlay::evaluate(net, inlay::cross_entropy{.ignore_index = 4}, xs, all) == Approx((first + third_loss) / 2));
  CHECK(inlay::evaluate(net, inlay::cross_entropy{.ignore_index = 4}, xs, std::vector<std::size_t>{2, 4, 1}) == Approx((first + third_loss) / 2));
  const inlay::weighted_cross_entropy<5> weighted{{1, 3, 2, 1, 7}, -1};
  CHECK(inlay::evaluate(net, weighted, xs, std::vector{2, -1, 1}) == Approx((2 * first + 3 * third_loss) / 5));
}

TEST_CASE("class weights of steps are those of the mean, too", "[loss]") {
  using net_t = inlay::basic_network<double, inlay::sequence<3, 2>, inlay::activation<inlay::identity>>;
  const net_t net{};
  const std::vector<net_t::input_type> xs{{1, 2, 0, 3, -1, 0}, {0, 0, 1, 1, 5, 4}};
  const std::vector<std::array<short, 3>> classes{{0, 1, 1}, {0, -100, 0}};
  const inlay::weighted_cross_entropy<2> weighted{{1, 4}};
  double total = 0, weights = 0;
  for (std::size_t s = 0; s < 2; ++s)
    for (std::size_t t = 0; t < 3; ++t) {
      if (classes[s][t] < 0) continue;
      const double a = xs[s][2 * t], b = xs[s][2 * t + 1], w = classes[s][t] == 0 ? 1 : 4;
      total += w * (std::log(std::exp(a) + std::exp(b)) - (classes[s][t] == 0 ? a : b)), weights += w;
    }
  CHECK(inlay::evaluate(net, weighted, xs, classes) == Approx(total / weights));
}

TEST_CASE("the class of a single step is a class, in an array or not") {
  using net_t = inlay::network<inlay::sequence<1, 3>, inlay::dense<4>>;
  net_t net{};
  inlay::initialize(net, 1);
  const net_t::input_type x{1, -2, 3};
  CHECK(inlay::evaluate(net, inlay::cross_entropy{}, x, std::array{2}) == inlay::evaluate(net, inlay::cross_entropy{}, x, 2));
  const std::array xs{x};
  const std::array targets{std::array{2}};
  CHECK(inlay::evaluate(net, inlay::cross_entropy{}, xs, targets) == inlay::evaluate(net, inlay::cross_entropy{}, x, 2));
}
