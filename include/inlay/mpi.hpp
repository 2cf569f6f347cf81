#pragma once

#include "inlay/fit.hpp"
#include "inlay/mpi/ranks.hpp"

#include <algorithm>
#include <cstddef>
#include <mpi.h>
#include <span>
#include <type_traits>

/// Training on several processes, of one machine or of many: MPI's ranks. A leaf: nothing of inlay includes it. Link MPI::MPI_CXX.
namespace inlay::inline INLAY_INSTRUCTION_SET::mpi {

/// fit() on all ranks of a communicator, each of which calls it with the same samples and options. The samples of a batch are shared
/// out as among threads, see threads.hpp; gradients and statistics are added in a fixed order. So the net is bit for bit that of
/// inlay::fit(inlay::threads(n), ...), however many ranks there are. Net and optimizer are rank 0's at the beginning, and alike on
/// all ranks at the end. Rank 0 alone calls on_epoch, what it changes of net and optimizer all get, and has the checkpoint. Ranks whose
/// samples or options differ, or whose nets do after an epoch, a rank that throws and one that dies end all ranks with one line on
/// stderr; the last checkpoint is whole.
/// `inlay::mpi::fit(MPI_COMM_WORLD, net, optimizer, loss, xs, targets, {.batch_size = 256}, inlay::io::checkpoint{"run.safetensors"});`
template <class Net, class Optimizer, class Loss, class Targets, class Checkpoint = detail::no_checkpoint>
  requires detail::trains_on_samples<Net, Optimizer, Loss, Targets, Checkpoint>
history<typename Net::scalar> fit(MPI_Comm of, Net& net, Optimizer& optimizer, const Loss& loss, std::span<const typename Net::input_type> xs,
                                  const Targets& targets, const fit_options& options = {}, const Checkpoint& checkpoint = {}) {
  const auto run = [&](const detail::ranks& on, const fit_options& of_ranks, const auto& kept) {
    return detail::fit_samples(net, optimizer, loss, xs, detail::as_span(targets), of_ranks, detail::nothing_held_out{},
                               detail::steps_of_ranks<Net>(on, (std::min)(options.batch_size, xs.size())), kept);
  };
  return detail::fit_on_ranks(of, net, xs.size(), 0, options, checkpoint, run);
}

/// The same with validation data.
template <class Net, class Optimizer, class Loss, class Targets, class ValidationTargets, class Checkpoint = detail::no_checkpoint>
  requires detail::trains_on_samples<Net, Optimizer, Loss, Targets, Checkpoint, ValidationTargets>
history<typename Net::scalar> fit(MPI_Comm of, Net& net, Optimizer& optimizer, const Loss& loss, std::span<const typename Net::input_type> xs,
                                  const Targets& targets, std::span<const typename Net::input_type> vx, const ValidationTargets& vy,
                                  const fit_options& options = {}, const Checkpoint& checkpoint = {}) {
  const auto run = [&](const detail::ranks& on, const fit_options& of_ranks, const auto& kept) {
    return detail::fit_samples(net, optimizer, loss, xs, detail::as_span(targets), of_ranks, detail::held_out(vx, detail::as_span(vy)),
                               detail::steps_of_ranks<Net>(on, (std::min)(options.batch_size, xs.size())), kept);
  };
  return detail::fit_on_ranks(of, net, xs.size(), vx.size(), options, checkpoint, run);
}

/// The same with a reader, of which each rank has one: all of them give the same samples.
template <class Net, class Optimizer, class Loss, class Reader, class Checkpoint = detail::no_checkpoint>
  requires detail::trains_on_reader<Net, Optimizer, Loss, Reader, Checkpoint>
history<typename Net::scalar> fit(MPI_Comm of, Net& net, Optimizer& optimizer, const Loss& loss, Reader&& reader,
                                  const fit_options& options = {}, const Checkpoint& checkpoint = {}) {
  const auto run = [&](const detail::ranks& on, const fit_options& of_ranks, const auto& kept) {
    return detail::fit(net, optimizer, loss, detail::batches_of_ranks<typename Net::input_type, std::remove_reference_t<Reader>>(on, reader),
                       of_ranks, detail::nothing_held_out{}, detail::steps_of_ranks<Net>(on, options.batch_size), kept);
  };
  return detail::fit_on_ranks(of, net, 0, 0, options, checkpoint, run);
}

/// The same with a reader and validation data, which are in memory.
template <class Net, class Optimizer, class Loss, class Reader, class ValidationTargets, class Checkpoint = detail::no_checkpoint>
  requires(detail::trains_on_reader<Net, Optimizer, Loss, Reader, Checkpoint> && detail::targets_of<ValidationTargets, Loss, Net>)
history<typename Net::scalar> fit(MPI_Comm of, Net& net, Optimizer& optimizer, const Loss& loss, Reader&& reader,
                                  std::span<const typename Net::input_type> vx, const ValidationTargets& vy, const fit_options& options = {},
                                  const Checkpoint& checkpoint = {}) {
  const auto run = [&](const detail::ranks& on, const fit_options& of_ranks, const auto& kept) {
    return detail::fit(net, optimizer, loss, detail::batches_of_ranks<typename Net::input_type, std::remove_reference_t<Reader>>(on, reader),
                       of_ranks, detail::held_out(vx, detail::as_span(vy)), detail::steps_of_ranks<Net>(on, options.batch_size), kept);
  };
  return detail::fit_on_ranks(of, net, 0, vx.size(), options, checkpoint, run);
}

// What is refused: declared, never defined; the return type is the error.
template <class Net, class Optimizer, class Loss, class Xs, class Targets, class... Rest>
  requires((!detail::optimizer_of<Optimizer, Net> || !detail::batch_of<Xs, Targets, Loss, Net>) && !std::same_as<Targets, fit_options> &&
           !sample_reader<std::remove_reference_t<Xs>, Net, Loss>)
decltype(detail::say(detail::refused_fit<Optimizer, Xs, Targets, Loss, Net>{}))
fit(MPI_Comm, Net&, Optimizer&, const Loss&, Xs&&, const Targets&, const Rest&...);

template <class Net, class Optimizer, class Loss, class X>
  requires(!sample_reader<std::remove_reference_t<X>, Net, Loss>)
decltype(detail::say(detail::refused_without_targets<Optimizer, X, Loss, Net>{}))
fit(MPI_Comm, Net&, Optimizer&, const Loss&, X&&, const fit_options& = {});

} // namespace inlay::mpi
