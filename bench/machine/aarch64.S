// As x86_64.S, for NEON. v8 to v15 belong to the caller and are not touched. C declarations: loops.hpp.

.macro zero k
  movi v\k\().4s, #0
.endm
.macro multiply_add k
  fmla v\k\().4s, v31.4s, v30.4s
.endm
.macro begin name
.globl \name
.type \name, %function
.p2align 6
\name:
  .irp k,0,1,2,3,4,5,6,7,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
  zero \k
  .endr
.endm
.macro finish name
  ret
.size \name, . - \name
.endm

.macro pair base, j, k
  ldp q2\j, q2\k, [\base], #32
  fmla v\j\().4s, v2\j\().4s, v31.4s
  fmla v\k\().4s, v2\k\().4s, v31.4s
.endm

.text

// (n): 32 n multiply-adds in 16 independent chains, enough for 4 cycles x 4 ports.
begin bench_multiply_add_throughput
.p2align 6
1:
  .rept 2
  .irp k,0,1,2,3,4,5,6,7,16,17,18,19,20,21,22,23
  multiply_add \k
  .endr
  .endr
  subs x0, x0, #1
  b.ne 1b
finish bench_multiply_add_throughput

// (n): 64 n instructions that do nothing: what the core issues when nothing waits.
begin bench_nothing
.p2align 6
1:
  .rept 64
  nop
  .endr
  subs x0, x0, #1
  b.ne 1b
finish bench_nothing

// (n): 16 n operations, each waiting for the one before. The chain of fmla goes through its addend, as a
// layer's sum does; some cores forward that earlier than a factor.
begin bench_multiply_add_latency
1:
  .rept 16
  fmla v0.4s, v31.4s, v30.4s
  .endr
  subs x0, x0, #1
  b.ne 1b
finish bench_multiply_add_latency

begin bench_add_latency
1:
  .rept 16
  fadd v0.4s, v0.4s, v31.4s
  .endr
  subs x0, x0, #1
  b.ne 1b
finish bench_add_latency

begin bench_maximum_latency
1:
  .rept 16
  fmax v0.4s, v0.4s, v31.4s
  .endr
  subs x0, x0, #1
  b.ne 1b
finish bench_maximum_latency

// (scratch, n): 16 n times a register is stored and one element of it broadcast: the hand-over between layers.
begin bench_hand_over
  add x2, x0, #4
1:
  .rept 16
  str q0, [x0]
  ld1r {v0.4s}, [x2]
  .endr
  subs x1, x1, #1
  b.ne 1b
finish bench_hand_over

// (p, bytes, repeats): a multiply-add with each register of memory once, in order. bytes: a multiple of 1024.
.macro loads name, vectors, ahead
begin \name
1:
  mov x3, x0
  add x4, x0, x1
.p2align 6
2:
  .rept \vectors / 8
  pair x3, 0, 1
  pair x3, 2, 3
  pair x3, 4, 5
  pair x3, 6, 7
  .if \ahead
  prfm pldl1keep, [x3, #1024]
  prfm pldl1keep, [x3, #1088]
  .endif
  .endr
  cmp x3, x4
  b.lo 2b
  subs x2, x2, #1
  b.ne 1b
finish \name
.endm
loads bench_load_8, 8, 0
loads bench_load_16, 16, 0
loads bench_load_ahead, 8, 1

// The same of two streams: the halves of the memory.
begin bench_load_streams
  lsr x1, x1, #1
1:
  mov x3, x0
  add x4, x0, x1
  mov x5, x4
.p2align 6
2:
  pair x3, 0, 1
  pair x3, 2, 3
  pair x5, 4, 5
  pair x5, 6, 7
  cmp x3, x4
  b.lo 2b
  subs x2, x2, #1
  b.ne 1b
finish bench_load_streams

// (p, bytes, repeats): reads four arrays of `bytes` each, one after another in memory, and writes three of them: what Adam
// reads and writes of weights, gradient and two moments. bytes: a multiple of 128.
begin bench_optimizer_stream
1:
  mov x3, x0
  add x4, x3, x1
  add x5, x4, x1
  add x6, x5, x1
  mov x7, x4
.p2align 6
2:
  ldp q0, q1, [x3]
  ldp q2, q3, [x4], #32
  ldp q4, q5, [x5]
  ldp q6, q7, [x6]
  stp q0, q1, [x3], #32
  stp q4, q5, [x5], #32
  stp q6, q7, [x6], #32
  cmp x3, x7
  b.lo 2b
  subs x2, x2, #1
  b.ne 1b
finish bench_optimizer_stream

.section .note.GNU-stack, "", %progbits
