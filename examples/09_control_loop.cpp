// Learning inside a control loop: 1000 ticks a second, one training step each, and not one heap allocation.
//
// A cart on a rail with friction and a spring is to follow a path. A weak proportional-derivative controller
// does it badly. A net learns which force the path needs and adds it beforehand; what the controller still
// has to correct is the net's error (feedback error learning: Kawato, Furukawa, Suzuki 1987). At lap 20 the
// cart is loaded.
#include <inlay/inlay.hpp>

#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace {
std::size_t allocations = 0;
}
void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size))
    return memory;
  std::abort();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

// Position, speed and acceleration of the path -> force.
using net_t = inlay::network<inlay::input<3>, inlay::dense<16, inlay::tanh>, inlay::dense<16, inlay::tanh>,
                             inlay::dense<1>>;

struct cart {
  float mass = 1, position = 0, speed = 0;

  void push(float force, float dt) {
    const float friction = 2 * std::tanh(20 * speed) + speed, spring = 8 * position * position * position;
    speed += (force - friction - spring) / mass * dt;
    position += speed * dt;
  }
};

int main() {
  constexpr float dt = 0.001f, lap_seconds = 2, turn = 2 * 3.14159265f / lap_seconds;
  constexpr int laps = 40, ticks = 2000, loaded_at = 20;

  net_t net{};
  inlay::initialize(net, 1);
  inlay::adam<net_t> optimizer{{.learning_rate = 1e-4f}};
  cart cart;
  float error_mm[laps];
  const std::size_t allocated_before = allocations;
  for (int lap = 0; lap < laps; ++lap) {
    if (lap == loaded_at)
      cart.mass = 2;
    float squares = 0;
    for (int tick = 0; tick < ticks; ++tick) {
      const float t = dt * static_cast<float>(tick);
      const float position = 0.5f * std::sin(turn * t), speed = 0.5f * turn * std::cos(turn * t);
      const net_t::input_type path{position, speed, -turn * turn * position};

      const float correction = 40 * (position - cart.position) + 20 * (speed - cart.speed);
      const float force = net(path)[0] + correction;
      cart.push(force, dt);

      inlay::train_step(net, optimizer, inlay::mean_squared_error{}, path, net_t::output_type{force});
      squares += (position - cart.position) * (position - cart.position);
    }
    error_mm[lap] = 1000 * std::sqrt(squares / ticks);
  }
  const std::size_t allocated = allocations - allocated_before;

  for (const int lap : {0, 1, 2, 5, 10, 19, 20, 21, 25, 39})
    std::printf("lap %2d  %6.1f mm%s\n", lap, error_mm[lap],
                lap == loaded_at ? "  a kilogram is put on the cart" : "");
  std::printf("%d ticks, %zu heap allocations\n", laps * ticks, allocated);
  return error_mm[19] < error_mm[0] / 5 && error_mm[39] < error_mm[20] / 3 && allocated == 0 ? 0 : 1;
}
