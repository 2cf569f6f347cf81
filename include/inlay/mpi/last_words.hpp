#pragma once

#include "inlay/instruction_set.hpp"

#include <atomic>
#include <csignal>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <mpi.h>
#include <new>
#include <string>
#include <unistd.h>
#include <utility>

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// While there is one, a rank that is told to end, as all are by mpirun where one of them has died, says how far the checkpoint is:
/// one line, of the first rank of a machine that comes to it.
class last_words {
public:
  /// `file` may be empty: there is no checkpoint.
  last_words(MPI_Comm on, std::string file) {
    MPI_Comm_split_type(on, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &machine_);
    int rank = 0;
    MPI_Comm_rank(machine_, &rank);
    void* own = nullptr;
    MPI_Win_allocate_shared(rank == 0 ? sizeof(flag) : 0, 1, MPI_INFO_NULL, machine_, &own, &window_);
    MPI_Aint size = 0;
    int unit = 0;
    MPI_Win_shared_query(window_, 0, &size, &unit, &own);
    if (rank == 0) new (own) flag(false);
    MPI_Barrier(machine_);
    said = static_cast<flag*>(own);
    name() = std::move(file);
    epochs = 0;
    struct sigaction action{};
    action.sa_handler = on_signal;
    sigaction(SIGTERM, &action, &before);
  }
  last_words(const last_words&) = delete;
  last_words& operator=(const last_words&) = delete;
  ~last_words() {
    sigaction(SIGTERM, &before, nullptr);
    said = nullptr;
    MPI_Win_free(&window_);
    MPI_Comm_free(&machine_);
  }

  /// So many epochs are in the checkpoint.
  void kept(std::size_t count) noexcept { epochs = count; }

  /// A rank that cannot go on ends all, with one line that says why.
  [[noreturn]] static void end_all(MPI_Comm on, const char* why) noexcept {
    if (said != nullptr) say(why);
    else std::fprintf(stderr, "inlay: mpi::fit: %s\n", why);
    MPI_Abort(on, 1);
    std::abort();
  }
  [[noreturn]] static void end_rank(MPI_Comm on, const char* why) noexcept {
    int rank = 0;
    MPI_Comm_rank(on, &rank);
    char cause[600];
    std::snprintf(cause, sizeof cause, "rank %d: %s", rank, why);
    end_all(on, cause);
  }

private:
  using flag = std::atomic<bool>;
  static_assert(flag::is_always_lock_free);

  // What a signal's function can reach.
  static inline flag* said = nullptr;
  static inline std::atomic<std::size_t> epochs = 0;
  static inline struct sigaction before{};
  static std::string& name() {
    static std::string file;
    return file;
  }

  /// Calls nothing that a signal's function may not.
  static void say(const char* cause) noexcept {
    if (said == nullptr || said->exchange(true)) return;
    char line[1400];
    std::size_t length = 0;
    const auto add = [&](const char* text) {
      for (; *text != '\0' && length + 1 < sizeof line; ++text) line[length++] = *text;
    };
    add("inlay: mpi::fit: ");
    add(cause);
    if (const std::size_t count = epochs; count > 0) {
      char digits[24] = {};
      char* first = digits + sizeof digits - 1;
      for (std::size_t left = count; left > 0; left /= 10) *--first = static_cast<char>('0' + left % 10);
      add("; ");
      add(first);
      add(count == 1 ? " epoch is in " : " epochs are in ");
      add(name().c_str());
      add(", from which the same command goes on");
    } else add(name().empty() ? "; there is no checkpoint" : "; no epoch is in a checkpoint yet");
    line[length++] = '\n';
    [[maybe_unused]] const auto written = write(STDERR_FILENO, line, length);
  }

  static void on_signal(int signal) noexcept {
    say("told to end (SIGTERM), as all ranks are where one has died");
    sigaction(SIGTERM, &before, nullptr);
    raise(signal);
  }

  MPI_Comm machine_ = MPI_COMM_NULL;
  MPI_Win window_ = MPI_WIN_NULL;
};

} // namespace inlay::detail
