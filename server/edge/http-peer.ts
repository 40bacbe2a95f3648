// Who is at the other end of a request: address, encryption and host, believing the headers of trusted proxies only.
import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import { TLSSocket } from 'node:tls';

export interface Peer {
  /** IPv4 or IPv6, without the ::ffff: of mapped addresses. */
  readonly address: string;
  /** The browser spoke HTTPS. */
  readonly secure: boolean;
  /** Host and port that the browser asked for. */
  readonly host: string;
}

export class Peers {
  readonly #trusted = new BlockList();
  readonly #publicOrigin: string | null;
  /** Each request is asked about several times on its way. */
  readonly #found = new WeakMap<IncomingMessage, Peer>();

  /** @param trustedProxies addresses, ranges, or `loopback`; as checked by the settings */
  constructor(trustedProxies: readonly string[], publicOrigin: string | null) {
    this.#publicOrigin = publicOrigin;
    for (const range of trustedProxies.flatMap((each) => (each === 'loopback' ? ['127.0.0.0/8', '::1'] : [each]))) {
      const [address = '', bits] = range.split('/');
      const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
      if (bits === undefined) this.#trusted.addAddress(address, family);
      else this.#trusted.addSubnet(address, Number(bits), family);
    }
  }

  isTrusted(address: string): boolean {
    const version = isIP(address);
    return version !== 0 && this.#trusted.check(address, version === 6 ? 'ipv6' : 'ipv4');
  }

  of(request: IncomingMessage): Peer {
    const known = this.#found.get(request);
    if (known !== undefined) return known;
    const found = this.#look(request);
    this.#found.set(request, found);
    return found;
  }

  #look(request: IncomingMessage): Peer {
    const near = plain(request.socket.remoteAddress ?? '');
    const direct = { address: near, secure: request.socket instanceof TLSSocket, host: request.headers.host ?? '' };
    if (!this.isTrusted(near)) return direct;
    const chain = listOf(request.headers['x-forwarded-for']).map(plain);
    // From the nearest backwards: the first one that is not ours is the browser, what stands before it may be invented.
    const address = chain.findLast((each) => !this.isTrusted(each)) ?? chain[0] ?? near;
    const protocol = listOf(request.headers['x-forwarded-proto']).at(-1);
    return {
      address: isIP(address) === 0 ? near : address,
      secure: protocol === undefined ? direct.secure : protocol === 'https',
      host: listOf(request.headers['x-forwarded-host']).at(-1) ?? direct.host,
    };
  }

  /**
   * Whether a changing request, or a socket's handshake, comes from our own pages. Scripts send neither header, and a browser
   * cannot leave both out on a request from elsewhere.
   */
  isOwnOrigin(request: IncomingMessage): boolean {
    const { origin } = request.headers;
    if (origin !== undefined) {
      const { secure, host } = this.of(request);
      return origin === `${secure ? 'https' : 'http'}://${host}` || (this.#publicOrigin !== null && origin === this.#publicOrigin);
    }
    const site = request.headers['sec-fetch-site'];
    return site === undefined || site === 'same-origin';
  }

  /** The address under which the browser reaches us, without a slash at the end. */
  originFor(request: IncomingMessage): string {
    const { secure, host } = this.of(request);
    return this.#publicOrigin ?? `${secure ? 'https' : 'http'}://${host}`;
  }
}

function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}

function listOf(header: string | string[] | undefined): string[] {
  return [header ?? []]
    .flat()
    .join(',')
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);
}
