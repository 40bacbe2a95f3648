// A browser without windows: keeps cookies by their host and path, follows redirects, and fills in forms.

interface Cookie {
  readonly host: string;
  readonly path: string;
  readonly name: string;
  readonly value: string;
  readonly sameSite: string;
}

export interface Page {
  readonly url: URL;
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

export class HttpBrowser {
  #cookies: Cookie[] = [];
  readonly #headers: Record<string, string>;

  /** @param headers sent with every request, like those of a proxy */
  constructor(headers: Record<string, string> = {}) {
    this.#headers = headers;
  }

  /** @param until stops before an address that begins so, and answers the redirect to it */
  async goTo(address: string | URL, { until }: { readonly until?: string } = {}): Promise<Page> {
    return this.#load('GET', new URL(address), null, until, null);
  }

  /** A form of the page at `from`, sent to an address. */
  async submit(from: URL, address: string, fields: Record<string, string>, { until }: { readonly until?: string } = {}): Promise<Page> {
    return this.#load('POST', new URL(address, from), new URLSearchParams(fields), until, from);
  }

  cookie(name: string): string | undefined {
    return this.#cookies.find((each) => each.name.startsWith(name))?.value;
  }

  forgetCookies(): void {
    this.#cookies = [];
  }

  async #load(method: string, address: URL, form: URLSearchParams | null, until: string | undefined, from: URL | null): Promise<Page> {
    const request = { method, url: address, body: form };
    for (let hop = 0; hop < 20; hop += 1) {
      const { url } = request;
      const response = await fetch(url, {
        method: request.method,
        redirect: 'manual',
        headers: {
          ...this.#headers,
          cookie: this.#cookiesFor(url, request.method, from),
          ...(from &&
            request.method === 'POST' && {
              origin: from.origin,
              'sec-fetch-site': from.origin === url.origin ? 'same-origin' : 'cross-site',
            }),
        },
        ...(request.body && { body: request.body }),
      });
      this.#keep(url, response.headers);
      const location = response.headers.get('location');
      if (location === null) return { url, status: response.status, text: await response.text(), headers: response.headers };
      const next = new URL(location, url);
      if (until !== undefined && next.href.startsWith(until))
        return { url: next, status: response.status, text: '', headers: response.headers };
      if (response.status !== 307) Object.assign(request, { method: 'GET', body: null });
      request.url = next;
    }
    throw new Error('The redirects do not end');
  }

  /** Lax: a form from another site brings no cookies. */
  #cookiesFor(url: URL, method: string, from: URL | null): string {
    const foreign = method === 'POST' && from !== null && from.hostname !== url.hostname;
    return this.#cookies
      .filter(({ host, path, sameSite }) => host === url.host && url.pathname.startsWith(path) && !(foreign && sameSite !== 'none'))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
  }

  #keep(url: URL, headers: Headers): void {
    for (const line of headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
      const at = pair.indexOf('=');
      const attribute = (name: string) => attributes.find((each) => each.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1);
      const cookie = {
        host: url.host,
        path: attribute('path') ?? '/',
        name: pair.slice(0, at),
        value: pair.slice(at + 1),
        sameSite: (attribute('samesite') ?? 'lax').toLowerCase(),
      };
      this.#cookies = this.#cookies.filter(
        (each) => !(each.host === cookie.host && each.path === cookie.path && each.name === cookie.name),
      );
      const expires = attribute('expires');
      if (cookie.value !== '' && (expires === undefined || Date.parse(expires) > Date.now())) this.#cookies.push(cookie);
    }
  }
}

/** The first form of a page: where it goes, and its hidden fields. */
export function formOf({ text }: Page): { readonly action: string; readonly fields: Record<string, string> } {
  const action = /<form[^>]*\baction="([^"]*)"/.exec(text)?.[1];
  if (action === undefined) throw new Error(`There is no form: ${text.slice(0, 300)}`);
  const fields = [...text.matchAll(/<input[^>]*\btype="hidden"[^>]*\bname="([^"]+)"[^>]*\bvalue="([^"]*)"/g)].map(
    ([, name = '', value = '']): [string, string] => [name, value],
  );
  return { action: action.replaceAll('&amp;', '&'), fields: Object.fromEntries(fields) };
}
