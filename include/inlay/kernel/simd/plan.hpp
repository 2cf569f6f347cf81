#pragma once

#include "inlay/kernel/simd/register.hpp"

#include <cstddef>

/// What is chosen for a layer at compile time, and where; bench/README.md has what each choice is worth. Each choice is a template, so a specialization of it before the
/// first use of a net is an experiment: `template <> struct forward_plan<pack<float, arch>, 64, 4> { ... };`
///
///     choice                          by                           where
///     panels of at most 4 lines       outputs                      kernel/layout.hpp, the same for every instruction set
///     the last outputs by themselves  outputs, inputs              affine_layout, layer/affine.hpp, likewise
///     few outputs as dot products     outputs, inputs              affine_layout, likewise
///     register: 16, 32, 64 bytes      outputs                      register_for, register.hpp
///     strips of at most 8 registers   one sample                   for_each_strip, tile.hpp
///     chains, inputs read at a time   one sample; inputs, strip    forward_plan, below
///     part of the caller, or called   one sample; size             inlined, below
///     inputs from memory, or spread   processor; bytes of weights  forward_plan, below; INLAY_ZEN
///     inputs from registers           one sample; size, inputs     handed_over, below
///     several inputs of few outputs   one sample; inputs           several_inputs, below
///     registers of gates, chains      a step; numbers, gates       cell_plan, below
///     register of the way back        one sample; outputs          way_back, below
///     columns and rows of a tile      many samples; registers      tile_shape, below
///     windows in halves of a register outputs, windows in a line   in_pairs, convolution.hpp
///     samples that go together        bytes on the stack           stack_budget, stack.hpp
///     W turned, or sample by sample   samples                      few, below
///     a net sample by sample          samples, multiply-adds       alone, below
///     less code, more calls           sanitizers                   at_once, in_squares, call, and in the others, below
namespace inlay::inline INLAY_INSTRUCTION_SET::kernel::simd {

/// Registers of a strip, or rows of a tile, of which a kernel for one sample takes up to `most` at a time.
constexpr std::size_t at_once(std::size_t most) noexcept { return instruction::checked ? 1 : most; }

/// How one sample goes through a strip of C registers of outputs.
template <class P, std::size_t inputs, std::size_t C>
struct forward_plan {
  static constexpr std::size_t quarter = 16 / sizeof(typename P::scalar);
  /// Whether a load more costs less than a shuffle: where it takes a multiply-add's port, and weights come from the first cache.
  static constexpr bool from_memory = sizeof(P) == 64 && !instruction::shuffles_aside && inputs * C * sizeof(P) <= 16 * 1024;
  /// Inputs read at a time. One by one, they cost as many loads as there are registers of weights, divided by C; 16 bytes of
  /// them spread by shuffles cost next to none, but make each wait half a nanosecond longer: for layers of 64
  /// multiply-adds and more.
  static constexpr std::size_t read = !instruction::checked && (inputs >= 64 || inputs * C >= 128) && !from_memory ? quarter : 1;
  /// Chains of additions per register of outputs: more than the 8 that a multiply-add of 4 cycles on 2 ports needs, where
  /// there are registers for them (NEON has 32, too, but a strip is 8 of them, not 4). Few inputs take the shortest way
  /// through a chain and the tree that sums the chains.
  static constexpr std::size_t groups = [] {
    constexpr std::size_t most = C >= 3 && instruction::register_count >= 32 ? 16 / C : ceil_div(8, C);
    const auto cycles = [](std::size_t g, std::size_t levels) { return 4 * ceil_div(inputs, g) + 4 * levels; };
    std::size_t best = 1, least = cycles(1, 0);
    for (std::size_t g = 2, levels = 1; g <= at_once(most) && g <= inputs; g *= 2, ++levels)
      if (cycles(g, levels) < least) best = g, least = cycles(g, levels);
    return best;
  }();
  static constexpr std::size_t steps = inputs / (groups * read);
  /// Whether the last step is done for half of the registers, then for the others: one half is summed and activated while
  /// the other still multiplies. Not for SSE2, where spreading the inputs again takes what else would run.
  static constexpr bool halves = C % 2 == 0 && read > 1 && steps > 0 && instruction::fused;
};

/// A σ that says it is done as soon as z is there, without a quotient or an exponential. Of another, all registers of a strip wait
/// side by side, not by halves.
template <class Activation>
inline constexpr bool immediate = requires { requires Activation::immediate; };

/// Whether one sample's pass through a layer becomes part of the caller. Then the compiler hands the outputs on in
/// registers, not through memory, and pays in code.
template <class P, class Panels>
inline constexpr bool inlined = !instruction::checked && Panels::inputs * registers<P, Panels::outputs> < 64;

/// Whether one sample's inputs, outputs of the layer before, are spread from the registers they are in, not read one by one.
/// Of more than 32 too many registers wait for their turn.
template <class P, class Panels>
inline constexpr bool handed_over = inlined<P, Panels> && Panels::inputs <= 32;

/// Whether the weights that one sample multiplies with several inputs are one register, where a row of outputs is 16 bytes
/// (half of AVX-512's gains nothing). Adding its parts in the end takes as long as fewer inputs save. What a caller has
/// written number by number is read so, or the load would wait for the cache.
template <class P, class Native, class Panels, bool foreign>
inline constexpr bool several_inputs = !instruction::checked && sizeof(P) == 16 && sizeof(P) < sizeof(Native) &&
                                       Panels::inputs >= (foreign ? 64 : (sizeof(Native) == 64 ? 32 : 16));

/// How a step of a recurrent layer goes through the matrix of what it remembers: `columns` registers of every gate at a time, each
/// in several chains of additions where they would wait for one another. A small one becomes part of the caller.
template <class P, std::size_t gates>
struct cell_plan {
  static constexpr std::size_t most = instruction::checked ? gates : (instruction::register_count >= 32 ? 16 : 8);
  static constexpr std::size_t columns = gates < most ? most / gates : 1;
  static constexpr std::size_t groups(std::size_t C, std::size_t units) noexcept { return 2 * gates * C <= most && units > 1 ? 2 : 1; }
  template <std::size_t units>
  static constexpr bool inlined = !instruction::checked && units * gates * registers<P, units> <= 64;
};

/// The register in which one sample goes back through W. Where AVX-512 works by halves its own takes no less time for the products, and
/// the sums over 16 lanes take more shuffles than those over 8.
template <class T, std::size_t outputs, class Arch>
using way_back = register_for<T, (instruction::by_halves && outputs * sizeof(T) > 32) ? 32 / sizeof(T) : outputs, Arch>;

/// How many registers a tile may take: R rows x C columns of accumulators, C loaded registers and one broadcast.
template <class P>
struct tile_shape {
  static constexpr bool many = instruction::register_count >= 32;
  static constexpr bool fused = instruction::fused;
  static constexpr std::size_t columns = instruction::checked ? 1 : (many || !fused ? 4 : 2); // 4 of AVX-512 are one panel
  /// Rows of a tile of C columns: 6 of 4 (24 + 4 + 1 registers of 32) or of 2 (12 + 2 + 1 of 16); of fewer columns more,
  /// because a multiply-add of 4 cycles on 2 ports wants 8 chains, and a divisor of 32, the samples of a chunk. Where it is
  /// two instructions and a copy, the processor's width is the limit, and a broadcast, two more, is shared by four columns.
  /// With a factor from a lane, 5 of 4 (20 + 4 + 5 registers of 32): with 6, g++ keeps four sums in memory.
  static constexpr std::size_t rows(std::size_t C) noexcept {
    if (instruction::checked) return 1;
    if (!fused) return C == columns ? 2 : (C == 1 ? 8 : 4);
    return C == columns ? (instruction::by_lane ? 5 : 6) : (C == 1 && many ? 16 : 8);
  }
};

/// Samples of a batch that go back through W one by one: turning all of W takes longer than that. A W that stays in the first cache
/// is worth more of them, one of two outputs is turned by itself.
template <class T, class Panels>
inline constexpr std::size_t few = Panels::outputs <= 2 ? 1 : (sizeof(T) * Panels::size <= 32 * 1024 && Panels::outputs >= 32 ? 6 : 4);

/// Samples of a batch that go through a net of so many multiply-adds one by one: a tile of few rows, and the thread's mode for denormals,
/// which a batch sets, take longer than that.
template <std::size_t multiply_adds>
inline constexpr std::size_t alone = multiply_adds > 4096 ? 1 : (instruction::register_count >= 32 ? 3 : 5);

/// Whether a panel is transposed by squares of registers, not number by number.
inline constexpr bool in_squares = !instruction::checked;

/// f() as a function of its own. What is `checked` is compiled so kernel by kernel: inlined into one caller by -O3, a `fit` of
/// 64-64-64-10 becomes functions of 100 KB, whose registers g++ allocates for minutes.
template <class F>
[[gnu::noinline]] void call(const F& f) noexcept {
  f();
}

} // namespace inlay::kernel::simd
