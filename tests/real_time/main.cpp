// real_time WHAT: WHAT between the calls that tell RealtimeSanitizer that a function must answer in time. It ends the program
// at the first call of one that may wait: of the heap, a lock, a file, the kernel.
#include "nothing_hidden/streams.hpp"

#include <cstdio>
#include <cstdlib>
#include <string_view>

extern "C" {
void __rtsan_realtime_enter();
void __rtsan_realtime_exit();
}

namespace {

streams::subject<streams::recurrent> recurrent;
streams::subject<streams::convolutional> convolutional;
streams::subject<streams::attentive> attentive;

inlay::network<inlay::input<2>, inlay::dense<20, inlay::gelu>, inlay::dense<1>> net{}, grad{};
inlay::adam<decltype(net)> optimizer{};
decltype(net)::input_type x{};

template <class F>
void in_real_time(F f) {
  __rtsan_realtime_enter();
  f();
  __rtsan_realtime_exit();
}

} // namespace

int main(int, char** arguments) {
  const std::string_view what = arguments[1];
  if (what == "recurrent") in_real_time([] { recurrent.all(); });
  else if (what == "convolutional") in_real_time([] { convolutional.all(); });
  else if (what == "attentive") in_real_time([] { attentive.all(); });
  else if (what == "training")
    in_real_time([] {
      inlay::backpropagate(net, x, net(x), inlay::huber{}, grad);
      inlay::train_step(net, optimizer, inlay::mean_squared_error{}, x, std::array{1.0f});
    });
  else if (what == "planted")
    in_real_time([] {
      void* volatile planted = std::malloc(10);
      std::free(planted);
    });
  else return 2;
  std::printf("%s: nothing said\n", arguments[1]);
}
