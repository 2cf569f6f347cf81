// One unit of a program with a user's own inline function, which the linker merges.

[[gnu::noinline]] inline float users_own(float* x) {
  for (int i = 0; i < 64; ++i) x[i] = x[i] * x[i] + 1;
  return x[63];
}

extern "C" float ENTRY() {
  float numbers[64] = {};
  return users_own(numbers);
}
