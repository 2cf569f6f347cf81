// Swapping weights under a running control loop: one thread computes with a net, another trains it and publishes. Neither
// waits for the other, neither allocates, and no call ever sees half of one net and half of another.
#include <inlay/inlay.hpp>

#include <atomic>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <thread>

using net_t = inlay::network<inlay::input<2>, inlay::dense<32, inlay::tanh>, inlay::dense<32, inlay::tanh>, inlay::dense<1>>;

/// Three places for a value: one is the writer's, one the reader's, and the third changes hands. Who is done with his swaps
/// it for the one in between, which is a single atomic exchange; so each has a place of its own at any time, and what the
/// reader gets is the newest there is. For one writer and one reader.
template <class T>
class triple_buffer {
public:
  /// The writer's place. What is in it is old: write all of it.
  T& back() noexcept { return places_[back_]; }
  /// Hands over what is in back().
  void publish() noexcept {
    // release: the numbers are there before the index is; acquire: the reader has read what it gives back.
    back_ = between_.exchange(back_ | fresh, std::memory_order_acq_rel) & place;
  }
  /// The reader's place, the newest published value; valid until the next call.
  const T& front() noexcept {
    if (between_.load(std::memory_order_relaxed) & fresh)
      front_ = between_.exchange(front_, std::memory_order_acq_rel) & place;
    return places_[front_];
  }

private:
  static constexpr std::uint8_t place = 3, fresh = 4;

  T places_[3]{};
  alignas(64) std::uint8_t back_ = 0;               // each on a cache line of its own
  alignas(64) std::atomic<std::uint8_t> between_ = 1;
  alignas(64) std::uint8_t front_ = 2;
  static_assert(std::atomic<std::uint8_t>::is_always_lock_free);
};

/// A net, and for the check below what its parameters add up to, bit for bit.
struct controller {
  net_t net{};
  std::uint64_t version = 0, sum = 0;
};

std::uint64_t sum_of(const net_t& net) {
  std::uint64_t sum = 0;
  for (const float x : net.theta()) sum = sum * 31 + std::bit_cast<std::uint32_t>(x);
  return sum;
}

float wanted(const net_t::input_type& x) { return std::sin(2 * x[0]) * x[1]; }

int main() {
  constexpr std::uint64_t versions = 4000;
  const auto shared = std::make_unique<triple_buffer<controller>>(); // on no thread's stack
  std::atomic<bool> done = false;

  std::thread trainer([&] {
    net_t net{};
    inlay::initialize(net, 1);
    inlay::adam<net_t> optimizer{{.learning_rate = 3e-3f}};
    std::uint32_t noise = 1;
    const auto next = [&] { return static_cast<float>((noise = noise * 1664525u + 1013904223u) >> 8) * 0x1p-23f - 1; };
    for (std::uint64_t version = 1; version <= versions; ++version) {
      for (int step = 0; step < 50; ++step) {
        const net_t::input_type x{next(), next()};
        inlay::train_step(net, optimizer, inlay::huber{}, x, net_t::output_type{wanted(x)});
      }
      shared->back() = {net, version, sum_of(net)};
      shared->publish();
    }
    done.store(true, std::memory_order_release);
  });

  // The control loop. In a real one the lines that count and check are not there.
  std::uint64_t ticks = 0, torn = 0, backwards = 0, swaps = 0, newest = 0;
  float first_error = 0, error = 0;
  for (bool last = false; !last; ++ticks) {
    last = done.load(std::memory_order_acquire); // before front(): after the last version one tick more
    const controller& now = shared->front();
    if (now.version == 0) continue; // nothing published yet
    const float t = 0.001f * static_cast<float>(ticks);
    const net_t::input_type x{std::sin(t), std::cos(3 * t)};
    const float y = now.net(x)[0];

    torn += sum_of(now.net) != now.sum ? 1 : 0;
    if (now.version != newest) {
      backwards += now.version < newest ? 1 : 0;
      newest = now.version;
      ++swaps;
      error = 0;
      for (int i = -3; i <= 3; ++i)
        for (int k = -3; k <= 3; ++k) {
          const net_t::input_type at{0.3f * static_cast<float>(i), 0.3f * static_cast<float>(k)};
          error += std::abs(now.net(at)[0] - wanted(at)) / 49;
        }
      if (swaps == 1) first_error = error;
    }
    if (!std::isfinite(y)) return 1;
  }
  trainer.join();

  std::printf("version %llu of %llu after %llu swaps, %llu torn, %llu backwards; mean error %.3f -> %.3f\n",
              static_cast<unsigned long long>(newest), static_cast<unsigned long long>(versions),
              static_cast<unsigned long long>(swaps), static_cast<unsigned long long>(torn),
              static_cast<unsigned long long>(backwards), first_error, error);
  return newest == versions && torn == 0 && backwards == 0 && error < 0.05f ? 0 : 1;
}
