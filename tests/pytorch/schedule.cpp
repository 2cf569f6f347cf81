#include "agreement.hpp"

#include <inlay/inlay.hpp>

namespace {

constexpr pytorch::quantity expected[] = {
#include "expected/schedule.inc"
};

template <class Schedule>
void twelve_steps(const char* name, const Schedule& schedule) {
  std::vector<double> rates;
  for (std::size_t step = 0; step < 12; ++step)
    rates.push_back(schedule(step));
  pytorch::check<double>(rates, expected, name);
}

} // namespace

TEST_CASE("schedules agree with torch.optim.lr_scheduler", "[pytorch]") {
  twelve_steps("step", inlay::step_schedule{.learning_rate = 0.5, .step_size = 3, .gamma = 0.25});
  twelve_steps("cosine", inlay::cosine_schedule{.learning_rate = 0.5, .t_max = 8, .eta_min = 0.5 / 64});
  twelve_steps("linear", inlay::linear_schedule{.learning_rate = 0.5, .total_iters = 5, .start_factor = 0.25, .end_factor = 0.75});
  twelve_steps("warm_up", inlay::warm_up(4, inlay::cosine_schedule{.learning_rate = 0.5, .t_max = 8}));
}
