#include "measure/groups.hpp"

#include "machine/limit.hpp"
#include "net/check.hpp"

#include <algorithm>
#include <memory>

namespace bench {

template <class Check>
std::vector<const library*> judge::who(const topology& net, std::size_t batch, bool library::* able, Check check) {
  std::vector<const library*> good;
  for (const auto& l : libraries()) {
    if (!(l.*able) || !l.compiled(net)) continue;
    if (const auto refusal = l.refusal(net); !refusal.empty()) {
      const auto text = l.name + ' ' + refusal;
      if (std::find(left_out_.begin(), left_out_.end(), text) == left_out_.end()) left_out_.push_back(text);
    } else if (const auto complaint = check(l, net, batch); !complaint.empty()) {
      const auto text = l.name + " on " + net.name + ", batch " + std::to_string(batch) + ": " + complaint;
      if (std::find(wrong_.begin(), wrong_.end(), text) == wrong_.end()) wrong_.push_back(text);
    } else {
      good.push_back(&l);
    }
  }
  return good;
}

std::vector<const library*> judge::who_infers(const topology& net, std::size_t batch) {
  return who(net, batch, &library::infers, check_inference<library>);
}
std::vector<const library*> judge::who_trains(const topology& net, std::size_t batch) {
  return who(net, batch, &library::trains, check_training<library>);
}

result measure_inference(const machine& m, const topology& net, const std::string& task, std::size_t batch,
                         const std::vector<const library*>& libs, effort effort) {
  const auto parameters = draw_parameters(net), x = draw(batch * net.inputs(), 6);
  std::vector<std::unique_ptr<session>> sessions;
  std::vector<candidate> candidates;
  for (const auto* l : libs) {
    auto* s = sessions.emplace_back(l->make(net, parameters, batch)).get();
    candidates.push_back({l->name, [s, task, &x](benchmark::State& state) {
                            if (task == "dependent") s->dependent(state);
                            else s->back_to_back(state, x.data());
                          }});
  }
  candidates.push_back(batch == 1 ? load_candidate(m, net.parameter_bytes()) : peak_candidate());
  run(candidates, effort);
  const double loop_ns = median(candidates.back().ns);
  candidates.pop_back();
  const bool one = batch == 1;
  const double limit = one ? load_limit_ns(m, net.parameter_bytes(), net.multiply_adds(), loop_ns)
                           : peak_ns(batch * net.multiply_adds(), loop_ns);
  const char* limited_by = one ? level_names[m.fits(net.parameter_bytes())] : "peak";
  return {net, task, batch, limit, limited_by, std::move(candidates)};
}

result measure_training(const machine& m, const topology& net, std::size_t batch,
                        const std::vector<const library*>& libs, effort effort) {
  const auto parameters = draw_parameters(net);
  constexpr std::size_t count = 1024;
  const samples stream{count, draw(count * net.inputs(), 4), draw(count * net.outputs(), 5)};
  std::vector<candidate> candidates;
  for (const auto* l : libs) // a fresh net for every repetition: all train for as long from the same start
    candidates.push_back(
        {l->name, [&, l](benchmark::State& state) { l->make(net, parameters, batch)->train(state, stream); }});
  candidates.push_back(peak_candidate());
  candidates.push_back(optimizer_candidate(m));
  run(candidates, effort);
  const double optimizer = optimizer_ns(m, net.parameter_count(), median(candidates.back().ns));
  candidates.pop_back();
  const double products = peak_ns(batch * net.training_multiply_adds(), median(candidates.back().ns));
  candidates.pop_back();
  return {net, "training", batch, products + optimizer, "peak + L2", std::move(candidates)};
}

} // namespace bench
