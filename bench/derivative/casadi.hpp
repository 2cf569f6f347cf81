#pragma once

#include "derivative/offer.hpp"

#include <memory>
#include <vector>

namespace bench {

/// What generated_c.py generated: value and Jacobian in double, scalar code.
class casadi_derivatives {
public:
  using function = int(const double**, double**, long long*, double*, int);
  using work = int(long long*, long long*, long long*, long long*);

  casadi_derivatives(const std::string& name, function* f, work* sizes) {
    derivative_peers().push_back({name, [f, sizes](const derivative_net& net) { return made(net, f, sizes); }});
  }

private:
  static derivative_contender made(const derivative_net& net, function* f, work* sizes) {
    const auto on = std::make_shared<memory>();
    long long arguments = 0, results = 0, integers = 0, reals = 0;
    sizes(&arguments, &results, &integers, &reals);
    on->arguments.resize(static_cast<std::size_t>(arguments) + 1), on->results.resize(static_cast<std::size_t>(results) + 2);
    on->iw.resize(static_cast<std::size_t>(integers) + 1), on->w.resize(static_cast<std::size_t>(reals) + 1);
    for (std::size_t i = 0; i < net.inputs; ++i) on->x.push_back(static_cast<double>(derivative_input(i)));
    on->y.resize(net.outputs), on->J.resize(net.outputs * net.inputs);
    const auto run = [on, f] {
      on->arguments[0] = on->x.data(), on->results[0] = on->y.data(), on->results[1] = on->J.data();
      f(on->arguments.data(), on->results.data(), on->iw.data(), on->w.data(), 0);
    };
    derivative_contender made{.name = "CasADi's C"};
    made.jacobian = derivative_loop(run);
    made.numbers = [on, run, outputs = net.outputs, inputs = net.inputs] {
      run();
      std::vector<double> rows;
      for (std::size_t o = 0; o < outputs; ++o)
        for (std::size_t i = 0; i < inputs; ++i) rows.push_back(on->J[i * outputs + o]);
      return rows;
    };
    return made;
  }

  struct memory {
    std::vector<const double*> arguments;
    std::vector<double*> results;
    std::vector<long long> iw;
    std::vector<double> w, x, y, J;
  };
};

} // namespace bench
