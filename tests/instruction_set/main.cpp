// Calls the unit for every processor, as a program on an old one would; the other must only be there.
#include <cmath>
#include <cstdio>

extern "C" float for_every_processor();
extern "C" float for_this_machine();

int main(int argc, char**) {
  if (argc > 9) for_this_machine();
  const float found = for_every_processor();
  std::printf("%g\n", static_cast<double>(found));
  return std::isfinite(found) ? 0 : 1;
}
