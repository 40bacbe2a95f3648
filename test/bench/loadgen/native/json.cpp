// Reads and writes lines of JSON.
#include "json.hpp"

#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace {

/** From the opening quotation mark at `at`; leaves `at` behind the closing one. */
std::string quoted(const std::string &line, size_t &at) {
  const size_t end = line.find('"', at + 1);
  if (line[at] != '"' || end == std::string::npos) giveUp("not a line of JSON");
  std::string text = line.substr(at + 1, end - at - 1);
  at = end + 1;
  return text;
}

}  // namespace

Command::Command(const std::string &line) {
  size_t at = 1;
  while (at < line.size() && line[at] == '"') {
    const std::string name = quoted(line, at);
    if (line[at] != ':') giveUp("not a line of JSON");
    at += 1;
    if (line[at] == '"') {
      values_[name] = quoted(line, at);
    } else {
      const size_t end = line.find_first_of(",}", at);
      values_[name] = line.substr(at, end - at);
      at = end;
    }
    if (at == std::string::npos || line[at] != ',') return;
    at += 1;
  }
}

std::string Command::text(const std::string &name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? "" : found->second;
}

double Command::number(const std::string &name) const { return std::strtod(text(name).c_str(), nullptr); }

Event &Event::text(const std::string &name, const std::string &value) { return raw(name, "\"" + value + "\""); }

Event &Event::number(const std::string &name, double value) {
  char digits[40];
  std::snprintf(digits, sizeof digits, value == std::floor(value) ? "%.0f" : "%.4f", value);
  return raw(name, digits);
}

Event &Event::raw(const std::string &name, const std::string &json) {
  line_ += ",\"" + name + "\":" + json;
  return *this;
}

void Event::send() {
  line_ += "}\n";
  std::fputs(line_.c_str(), stdout);
  std::fflush(stdout);
}

void giveUp(const std::string &why) {
  Event("failed").text("why", why).send();
  _exit(1);
}
