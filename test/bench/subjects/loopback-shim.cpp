// Loaded before Janus: its ICE library passes over the loopback interface, so the interface must not look like one.
#include <dlfcn.h>
#include <ifaddrs.h>
#include <net/if.h>

extern "C" int getifaddrs(ifaddrs **found) {
  using Function = int (*)(ifaddrs **);
  static const auto original = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "getifaddrs"));
  const int result = original(found);
  if (result != 0) return result;
  for (ifaddrs *each = *found; each != nullptr; each = each->ifa_next) each->ifa_flags &= ~static_cast<unsigned>(IFF_LOOPBACK);
  return result;
}
