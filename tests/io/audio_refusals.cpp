#include "catch.hpp"

#include "import.hpp"

#include "inlay/io/detail/file.hpp"
#include "inlay/io/detail/header_text.hpp"

#include <nlohmann/json.hpp>

// What is not understood is refused with its name.
namespace {

using nlohmann::json;
namespace io = inlay::io;
using inlay::audio::import_model;

std::string refusal(const json& model, const inlay::audio::import_options& options = {}) {
  try {
    import_model(model.dump(), "m", options);
  } catch (const io::error& refused) {
    return refused.what();
  }
  return "accepted";
}
json read(const char* name) {
  const auto bytes = io::detail::read_file(std::filesystem::path(INLAY_TEST_MODELS) / name);
  return json::parse(reinterpret_cast<const char*>(bytes.data()),
                     reinterpret_cast<const char*>(bytes.data() + bytes.size()));
}
/// A model with one thing changed.
template <class F>
std::string changed(json model, F change) {
  change(model);
  return refusal(model);
}

} // namespace

TEST_CASE("a WaveNet") {
  const json plain = read("audio_wavenet.nam"), rich = read("audio_wavenet_rich.nam");
  const auto array = [](json& of, std::size_t k) -> json& { return of["config"]["layers"][k]; };
  CHECK(refusal(plain) == "accepted");
  CHECK(refusal(rich) == "accepted");
  CHECK(changed(rich, [&](json& m) { array(m, 0)["conv_pre_film"]["active"] = true; }) ==
        "m: WaveNet, array 1: expected layers without FiLM, found 'conv_pre_film'");
  CHECK(changed(plain, [&](json& m) {
          array(m, 1)["activation_post_film"] = {{"shift", true}, {"groups", 1}};
        }) == "m: WaveNet, array 2: expected layers without FiLM, found 'activation_post_film'");
  CHECK(changed(plain, [&](json& m) { m["config"]["condition_dsp"] = plain; }) ==
        "m: WaveNet, config: expected layers that the input itself conditions, found 'condition_dsp', a net of its own "
        "for that");
  CHECK(changed(rich, [&](json& m) { array(m, 0)["gating_mode"][2] = "blended"; }) ==
        "m: WaveNet, array 1: expected gating_mode 'none' or 'gated', found 'blended'");
  CHECK(changed(plain, [&](json& m) { array(m, 0)["activation"] = "Fasttanh"; }) ==
        "m: WaveNet, array 1: expected an activation of Tanh, Hardtanh, ReLU, LeakyReLU, PReLU, Sigmoid, SiLU, "
        "Hardswish, "
        "Softsign, found 'Fasttanh'");
  CHECK(changed(plain, [&](json& m) {
          array(m, 0)["activation"] = {{"type", "Tanh"}, {"gain", 2}};
        }) == "m: WaveNet, array 1: expected members that are known here, found 'gain'");
  CHECK(changed(plain, [&](json& m) {
          array(m, 0)["activation"] = {"Tanh", "ReLU", "Tanh"};
        }) == "m: WaveNet, array 1: expected 2 entries in 'activation', found 3");
  CHECK(changed(rich, [&](json& m) {
          array(m, 0)["activation"][1]["negative_slopes"] = {1, 2, 3};
        }) == "m: WaveNet, array 1: expected 1 or 2 slopes of PReLU, found 3");
  CHECK(changed(plain, [&](json& m) { array(m, 0)["warp"] = 3; }) ==
        "m: WaveNet, array 1: expected members that are known here, found 'warp'");
  CHECK(changed(plain, [&](json& m) { m["config"]["layers_more"] = 3; }) ==
        "m: WaveNet, config: expected members that are known here, found 'layers_more'");
  CHECK(changed(plain, [&](json& m) { array(m, 1)["input_size"] = 4; }) ==
        "m: WaveNet, array 2: expected input_size 3, the channels before it, found 4");
  CHECK(changed(plain, [&](json& m) { array(m, 1)["channels"] = 3; }) ==
        "m: WaveNet, array 2: expected a head of 2 channels, what the head before it gives, found 3");
  CHECK(changed(plain, [&](json& m) { array(m, 0)["condition_size"] = 2; }) ==
        "m: WaveNet, array 1: expected condition_size 1, the input's, found 2");
  CHECK(changed(rich, [&](json& m) { array(m, 0)["groups_input"] = 3; }) ==
        "m: WaveNet, array 1: expected groups that divide 4 and 2 channels, found 3");
  CHECK(changed(plain, [&](json& m) { array(m, 0)["dilations"][1] = 1u << 18; }) ==
        "m: layers: expected convolutions that reach at most 131072 steps back, found 524306");
  CHECK(changed(plain, [](json& m) { m["weights"].erase(0); }) ==
        "m: WaveNet: expected at least 147 weights, as its layers want, found 146");
  CHECK(changed(plain, [](json& m) { m["weights"].push_back(1); }) ==
        "m: WaveNet: expected 147 weights, as its layers want, found 148");
  CHECK(changed(plain, [](json& m) { m["weights"][5] = "1"; }) ==
        "m: WaveNet: expected weights that are numbers, found a JSON string");
  CHECK(changed(plain, [](json& m) { m["weights"][146] = 1e38; }).find("outputs that a float can hold") !=
        std::string::npos);
}

TEST_CASE("other .nam files, and which of several nets") {
  const json container = read("audio_container.nam"), lstm = container["config"]["submodels"][0]["model"];
  CHECK(refusal(container, {.submodel = 1}) == "accepted");
  CHECK(refusal(container, {.submodel = 3}) == "m: submodel 3: expected one of 2, found no such");
  CHECK(refusal(lstm, {.submodel = 1}) ==
        "m: submodel 1: expected a file of several nets, a SlimmableContainer, found 'LSTM'");
  CHECK(changed(lstm, [](json& m) { m["architecture"] = "ConvNet"; }) ==
        "m: expected an architecture of LSTM, WaveNet, Linear, SlimmableContainer, found 'ConvNet'");
  CHECK(changed(lstm, [](json& m) { m["config"]["cells"] = 3; }) ==
        "m: LSTM, config: expected members that are known here, found 'cells'");
  CHECK(changed(lstm, [](json& m) { m["config"]["hidden_size"] = 30; }) ==
        "m: LSTM: expected at least 3720 weights, as its layers want, found 160");
  CHECK(changed(lstm, [](json& m) { m["config"]["hidden_size"] = 0; }) ==
        "m: LSTM, config: expected 'hidden_size' as a whole number from 1 to 1048576, found '0'");
  CHECK(changed(lstm, [](json& m) { m["config"]["in_channels"] = 2; }) ==
        "m: LSTM, config: expected in_channels equal to input_size, 1, found 2");
}

TEST_CASE("GuitarML's and AIDA-X's JSON") {
  const json guitar = read("audio_guitarml.json"), keras = read("audio_rtneural.json");
  CHECK(changed(guitar, [](json& m) { m["model_data"]["skip"] = 2; }) ==
        "m: model_data: expected skip 0 or 1, found '2'");
  CHECK(changed(guitar, [](json& m) { m["model_data"]["unit_type"] = "RNN"; }) ==
        "m: model_data: expected unit_type 'LSTM' or 'GRU', found 'RNN'");
  CHECK(changed(guitar, [](json& m) { m["model_data"]["model"] = "SimpleTCN"; }) ==
        "m: model_data: expected model 'SimpleRNN', found 'SimpleTCN'");
  CHECK(changed(guitar, [](json& m) { m["model_data"]["num_layers"] = 2; }) ==
        "m: state_dict: expected a member 'rec.weight_ih_l1', found none");
  CHECK(changed(guitar, [](json& m) { m["state_dict"]["more"] = 1; }) ==
        "m: state_dict: expected 6 tensors of these layers, found 7");
  CHECK(changed(guitar, [](json& m) { m["state_dict"]["lin.weight"][0].erase(0); }) ==
        "m: tensor 'lin.weight': expected shape [1, 4], found 3 entries in axis 1");
  CHECK(changed(keras, [](json& m) { m["in_skip"] = 2; }) == "m: in_skip: expected 0 or 1, found '2'");
  CHECK(changed(keras, [](json& m) { m["in_gain"] = 3.5; }) ==
        "m: in_gain: expected 0, as the model is taken without its player's gains, found '3.5'");
  CHECK(changed(keras, [](json& m) {
          m["layers"][0]["type"] = "conv1d_transpose";
        }).find("m: layer 1: expected type 'dense', 'time-distributed-dense', 'conv1d'") == 0);
  CHECK(changed(keras, [](json& m) { m["layers"].erase(8), m["in_skip"] = 1; }) ==
        "m: in_skip: expected one output, to which the input is added, found 2");
  CHECK(refusal(json{{"0.weight", {{1, 2}}}}) ==
        "m: expected layers, which a state_dict does not say: load_json<net_t>() puts it into a net that you name, "
        "found tensors only");
  CHECK(refusal(json{{"some", "thing"}}) == "m: expected a model of RTNeural (in_shape, layers), GuitarML (model_data, "
                                            "state_dict), .nam (architecture, config, weights), "
                                            "found a JSON object of another kind");
  CHECK(refusal(keras, {.submodel = 1}) ==
        "m: submodel 1: expected a file of several nets, found RTNeural (in_shape, layers)");
  CHECK(refusal(json::array()) == "m: expected an object, found a JSON array");
}

TEST_CASE("a file cut short is refused") {
  for (const char* name : {"audio_wavenet_rich.nam", "audio_guitarml.json"}) {
    const std::string whole = read(name).dump();
    for (std::size_t n = 0; n < whole.size(); n += 7)
      CHECK_THROWS_AS(import_model(whole.substr(0, n), "m"), io::error);
  }
}
