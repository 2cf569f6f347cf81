// The loops that measure the machine, in machine code because a compiler spoils them: an array of registers whose address
// is taken stays in memory, and such a loop read 63 GFLOP/s where the machine has 235.
// Built for the widest registers of the instruction set that the benchmark is compiled for. Every number is zero, so that no
// value decides the time. C declarations: loops.hpp.

#if defined(__AVX512F__)
#define V 64
.macro multiply_add k
  vfmadd231ps %zmm31, %zmm31, %zmm\k
.endm
.macro multiply_add_memory offset, base, k
  vfmadd231ps \offset(\base), %zmm31, %zmm\k
.endm
.macro sum k
  vaddps %zmm31, %zmm\k, %zmm\k
.endm
.macro maximum k
  vmaxps %zmm31, %zmm\k, %zmm\k
.endm
.macro load offset, base, k
  vmovaps \offset(\base), %zmm\k
.endm
.macro store k, offset, base
  vmovaps %zmm\k, \offset(\base)
.endm
.macro broadcast offset, base, k
  vbroadcastss \offset(\base), %zmm\k
.endm
.macro clear
  .irp k,0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
  vpxord %zmm\k, %zmm\k, %zmm\k
  .endr
.endm
#elif defined(__AVX__) && defined(__FMA__)
#define V 32
.macro multiply_add k
  vfmadd231ps %ymm15, %ymm15, %ymm\k
.endm
.macro multiply_add_memory offset, base, k
  vfmadd231ps \offset(\base), %ymm15, %ymm\k
.endm
.macro sum k
  vaddps %ymm15, %ymm\k, %ymm\k
.endm
.macro maximum k
  vmaxps %ymm15, %ymm\k, %ymm\k
.endm
.macro load offset, base, k
  vmovaps \offset(\base), %ymm\k
.endm
.macro store k, offset, base
  vmovaps %ymm\k, \offset(\base)
.endm
.macro broadcast offset, base, k
  vbroadcastss \offset(\base), %ymm\k
.endm
.macro clear
  .irp k,0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15
  vxorps %ymm\k, %ymm\k, %ymm\k
  .endr
.endm
#else // SSE2 has no multiply-add: a product and a sum
#define V 16
.macro multiply_add k
  movaps %xmm15, %xmm14
  mulps %xmm15, %xmm14
  addps %xmm14, %xmm\k
.endm
.macro multiply_add_memory offset, base, k
  movaps \offset(\base), %xmm14
  mulps %xmm15, %xmm14
  addps %xmm14, %xmm\k
.endm
.macro sum k
  addps %xmm15, %xmm\k
.endm
.macro maximum k
  maxps %xmm15, %xmm\k
.endm
.macro load offset, base, k
  movaps \offset(\base), %xmm\k
.endm
.macro store k, offset, base
  movaps %xmm\k, \offset(\base)
.endm
.macro broadcast offset, base, k
  movss \offset(\base), %xmm\k
  shufps $0, %xmm\k, %xmm\k
.endm
.macro clear
  .irp k,0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15
  xorps %xmm\k, %xmm\k
  .endr
.endm
#endif

.macro begin name
.globl \name
.type \name, @function
.p2align 6
\name:
  clear
.endm

.macro finish name
#if defined(__AVX__)
  vzeroupper
#endif
  ret
.size \name, . - \name
.endm

.text

// (n): 24 n multiply-adds in 12 independent chains, enough for 4 cycles x 2 ports.
begin bench_multiply_add_throughput
.p2align 6
1:
  .rept 2
  .irp k,0,1,2,3,4,5,6,7,8,9,10,11
  multiply_add \k
  .endr
  .endr
  dec %rdi
  jnz 1b
finish bench_multiply_add_throughput

// (n): 64 n instructions that do nothing: what the core issues when nothing waits.
begin bench_nothing
.p2align 6
1:
  .rept 64
  nop
  .endr
  dec %rdi
  jnz 1b
finish bench_nothing

// (n): 16 n operations, each waiting for the one before.
.macro latency name, operation
begin \name
.p2align 6
1:
  .rept 16
  \operation 0
  .endr
  dec %rdi
  jnz 1b
finish \name
.endm
latency bench_multiply_add_latency, multiply_add
latency bench_add_latency, sum
latency bench_maximum_latency, maximum

// (scratch, n): 16 n times a register is stored and one element of it broadcast: the hand-over between layers.
begin bench_hand_over
.p2align 6
1:
  .rept 16
  store 0, 0, %rdi
  broadcast 4, %rdi, 0
  .endr
  dec %rsi
  jnz 1b
finish bench_hand_over

// (p, bytes, repeats): a multiply-add with each register of memory once, in order. bytes: a multiple of 1024.
.macro loads name, vectors
begin \name
1:
  mov %rdi, %rax
  lea (%rdi,%rsi), %rcx
.p2align 6
2:
  .set at, 0
  .rept \vectors / 8
  .irp k,0,1,2,3,4,5,6,7
  multiply_add_memory at+\k*V, %rax, \k
  .endr
  .set at, at + 8*V
  .endr
  add $(\vectors*V), %rax
  cmp %rcx, %rax
  jb 2b
  dec %rdx
  jnz 1b
finish \name
.endm
loads bench_load_8, 8
loads bench_load_16, 16

// The same with 12 accumulators, of two streams: the halves of the memory.
begin bench_load_streams
  shr $1, %rsi
1:
  mov %rdi, %rax
  lea (%rdi,%rsi), %rcx
.p2align 6
2:
  .irp k,0,1,2,3
  multiply_add_memory \k*V, %rax, \k
  .endr
  lea (%rax,%rsi), %r8
  multiply_add_memory 0*V, %r8, 4
  multiply_add_memory 1*V, %r8, 5
  multiply_add_memory 2*V, %r8, 6
  multiply_add_memory 3*V, %r8, 7
  add $(4*V), %rax
  cmp %rcx, %rax
  jb 2b
  dec %rdx
  jnz 1b
finish bench_load_streams

// The same, fetching 1 KiB ahead.
begin bench_load_ahead
1:
  mov %rdi, %rax
  lea (%rdi,%rsi), %rcx
.p2align 6
2:
  .irp k,0,1,2,3,4,5,6,7
  .if (\k*V) % 64 == 0
  prefetcht0 1024+\k*V(%rax)
  .endif
  multiply_add_memory \k*V, %rax, \k
  .endr
  add $(8*V), %rax
  cmp %rcx, %rax
  jb 2b
  dec %rdx
  jnz 1b
finish bench_load_ahead

// (p, bytes, repeats): reads four arrays of `bytes` each, one after another in memory, and writes three of them: what Adam
// reads and writes of weights, gradient and two moments. bytes: a multiple of 128.
begin bench_optimizer_stream
1:
  mov %rdi, %rax
  lea (%rdi,%rsi), %rcx
.p2align 6
2:
  lea (%rax,%rsi), %r8
  lea (%rax,%rsi,2), %r9
  lea (%r8,%rsi,2), %r10
  .irp k,0,1
  load \k*V, %rax, 0
  load \k*V, %r8, 1
  load \k*V, %r9, 2
  load \k*V, %r10, 3
  store 0, \k*V, %rax
  store 2, \k*V, %r9
  store 3, \k*V, %r10
  .endr
  add $(2*V), %rax
  cmp %rcx, %rax
  jb 2b
  dec %rdx
  jnz 1b
finish bench_optimizer_stream

.section .note.GNU-stack, "", @progbits
