#pragma once

#include "inlay/io/detail/text.hpp"
#include "inlay/io/error.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

/// JSON of at most `depth` nested objects and arrays, no name twice in one object.
inline nlohmann::json parse_json(std::string_view text, const std::string& file, int depth) {
  std::vector<std::set<std::string>> names; // of the objects that are open
  const auto check = [&](int level, nlohmann::json::parse_event_t event, nlohmann::json& value) {
    using event_t = nlohmann::json::parse_event_t;
    if ((event == event_t::object_start || event == event_t::array_start) && level >= depth)
      throw error(file, "JSON", "at most " + std::to_string(depth) + " nested levels", "more");
    if (event == event_t::object_start)
      names.emplace_back();
    if (event == event_t::object_end)
      names.pop_back();
    if (event == event_t::key && !names.back().insert(value.get<std::string>()).second)
      throw error(file, "JSON", "each name once", in_quotes(value.get_ref<const std::string&>()) + " twice");
    return true;
  };
  try {
    return nlohmann::json::parse(text, check);
  } catch (const nlohmann::json::parse_error& refused) {
    const std::string_view here = text.substr((std::min)(text.size(), refused.byte ? refused.byte - 1 : 0));
    for (const char* name : {"NaN", "Infinity"}) // as Python writes them
      if (here.starts_with(name))
        throw error(file, "JSON, byte " + std::to_string(refused.byte), "a finite number, as JSON has no others", name);
    throw error(file, "JSON", "well-formed JSON", refused.what());
  } catch (const nlohmann::json::exception& refused) {
    throw error(file, "JSON", "well-formed JSON", refused.what());
  }
}

/// The member of an object, or the error that it is missing.
inline const nlohmann::json& member(const nlohmann::json& object, const char* name, const std::string& file,
                                    std::string_view part) {
  if (!object.is_object())
    throw error(file, std::string(part), "an object", std::string("a JSON ") + object.type_name());
  const auto found = object.find(name);
  if (found == object.end())
    throw error(file, std::string(part), "a member " + in_quotes(name), "none");
  return *found;
}

} // namespace inlay::io::detail
