// The version of the protocol that sockets speak; in a file of its own, so that a page does not load every request's shape for it.

/** Raised when an older client would misbehave; it is then told to load the page again. */
export const protocolVersion = 1;
