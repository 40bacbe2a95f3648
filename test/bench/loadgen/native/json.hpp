// Lines of JSON as the steering process writes them: one flat object, whose values are texts without escapes, numbers and truth values.
#pragma once
#include <cstdint>
#include <map>
#include <string>

class Command {
 public:
  /** Ends the process when the line is nothing of the kind: only our own program writes them. */
  explicit Command(const std::string &line);

  /** Empty when it is not there. */
  std::string text(const std::string &name) const;
  /** 0 when it is not there. */
  double number(const std::string &name) const;
  uint32_t whole(const std::string &name) const { return static_cast<uint32_t>(number(name)); }

 private:
  std::map<std::string, std::string> values_;
};

/** Writes one object as a line and flushes it. */
class Event {
 public:
  explicit Event(const std::string &name) : line_("{\"event\":\"" + name + "\"") {}
  Event &text(const std::string &name, const std::string &value);
  Event &number(const std::string &name, double value);
  /** `json` as it is. */
  Event &raw(const std::string &name, const std::string &json);
  void send();

 private:
  std::string line_;
};

/** Tells the steering process what is wrong, and ends. */
[[noreturn]] void giveUp(const std::string &why);
