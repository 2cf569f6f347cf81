#pragma once

#include "machine/machine.hpp"
#include "measure/result.hpp"
#include "peer/session.hpp"
#include "timing/run.hpp"

#include <string>
#include <vector>

namespace bench {

/// The libraries that can hold a net and whose results are right for it. Of a library that cannot, why not is said
/// once; one whose results are wrong is written down and not timed.
class judge {
public:
  std::vector<const library*> who_infers(const topology&, std::size_t batch);
  std::vector<const library*> who_trains(const topology&, std::size_t batch);
  const std::vector<std::string>& wrong() const { return wrong_; }
  const std::vector<std::string>& left_out() const { return left_out_; }

private:
  template <class Check>
  std::vector<const library*> who(const topology&, std::size_t batch, bool library::* able, Check);
  std::vector<std::string> wrong_, left_out_;
};

result measure_inference(const machine&, const topology&, const std::string& task, std::size_t batch,
                         const std::vector<const library*>&, effort);
result measure_training(const machine&, const topology&, std::size_t batch, const std::vector<const library*>&, effort);

} // namespace bench
