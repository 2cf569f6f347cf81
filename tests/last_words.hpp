// What a call writes to stderr before it aborts.
#pragma once

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

/// Runs f in a child process and returns its stderr; a note instead if the child did not end by abort().
template <class F>
std::string last_words(F f) {
  int ends[2];
  if (pipe(ends) != 0)
    return "no pipe";
  std::fflush(nullptr); // or the child would write it again
  const pid_t child = fork();
  if (child == 0) {
    std::signal(SIGABRT, SIG_DFL); // Catch2 reports it otherwise
    dup2(ends[1], STDERR_FILENO);
    f();
    _exit(0);
  }
  close(ends[1]);
  std::string words;
  char buffer[256];
  for (ssize_t n; (n = read(ends[0], buffer, sizeof buffer)) > 0;)
    words.append(buffer, static_cast<std::size_t>(n));
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT ? words : "not aborted: " + words;
}
