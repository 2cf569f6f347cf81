// What a Cortex-M runs before newlib's start: the vector table says where, and the FPU is off until it is switched on.
#include <cstdint>

extern "C" {
void _start(); // newlib's
void reset() {
  *reinterpret_cast<volatile std::uint32_t*>(0xe000ed88) |= 0xfu << 20; // CPACR: full access to CP10 and CP11
  asm volatile("dsb\n isb");
  _start();
}
extern void (*const vectors[])();
[[gnu::section(".vectors")]] void (*const vectors[])() = {reinterpret_cast<void (*)()>(0x400000), reset};
}
