import type { Problem, Reading } from '../problem.ts';

/** One property that a result was reached from: `smtp.mailfrom=joe@example.com` (RFC 8601 §2.3). */
export interface Property {
  /** The ptype, in lower case: `smtp`, `header`, `policy`, `body`. */
  readonly type: string;
  /** In lower case: `mailfrom`, `d`, `iprev`. */
  readonly name: string;
  /** Quotes resolved. */
  readonly value: string;
}

/** What one method found (RFC 8601 §2.2 `resinfo`). Method and result are words of registries that grow, so any word is kept. */
export interface MethodResult {
  /** In lower case: `spf`, `dkim`, `dmarc`, `arc`. */
  readonly method: string;
  /** 1 when not given. */
  readonly methodVersion: number;
  /** In lower case. */
  readonly result: string;
  readonly reason?: string;
  /** The comments, in order: what receivers tell in passing (`p=none dis=none`). For people; not to be relied on. */
  readonly comments: readonly string[];
  readonly properties: readonly Property[];
}

/** What an Authentication-Results field says. */
export interface AuthenticationResults {
  /** Who says so (§2.5), as written. Absent when the field begins with a result, as that of some receivers does. */
  readonly authservId?: string;
  /** Empty when the field says `none`: nothing was evaluated. */
  readonly results: readonly MethodResult[];
}

/** Results of one field that are read; a message has a handful. */
const maxResults = 500;
const see = 'RFC 8601 §2.2';

/**
 * Reads the value of an Authentication-Results field (RFC 8601 §2.2), leniently: an element that cannot be read is left out and
 * told, the others stand. Quoted strings and comments hide nothing: a `;` in them separates nothing.
 *
 * Refuses with `authentication-results/unknown-version` (§2.6), `authentication-results/unclosed`,
 * `authentication-results/empty`. Notes `authentication-results/no-authserv-id`, `authentication-results/bad-element`,
 * `authentication-results/bad-property`, `authentication-results/too-many-results`.
 */
export function parseAuthenticationResults(value: string): Reading<AuthenticationResults> {
  const scan = new Scanner(value);
  const problems: Problem[] = [];
  scan.blank();
  const start = scan.at;
  let authservId: string | undefined = scan.word('=;');
  scan.blank();
  if (scan.peek() === '=') {
    // No identifier: the first element is a result already.
    authservId = undefined;
    scan.at = start;
    problems.push({ code: 'authentication-results/no-authserv-id', see: 'RFC 8601 §2.5' });
  } else {
    if (authservId === '') return refused({ code: 'authentication-results/empty', see });
    const version = scan.word(';');
    scan.blank();
    if (version !== '' && version !== '1') {
      if (/^[0-9]+$/.test(version)) {
        return refused({
          code: 'authentication-results/unknown-version',
          values: { version: version.slice(0, 20) },
          see: 'RFC 8601 §2.6',
        });
      }
      problems.push({
        code: 'authentication-results/bad-element',
        values: { text: version.slice(0, 100) },
        at: { offset: scan.at },
        see,
      });
      scan.skipElement();
    }
    if (scan.peek() === ';') scan.at++;
  }
  const results: MethodResult[] = [];
  while (!scan.ended()) {
    if (results.length >= maxResults) {
      problems.push({ code: 'authentication-results/too-many-results', values: { most: maxResults }, see });
      break;
    }
    const at = scan.at;
    const result = readResult(scan, problems);
    if (result !== undefined) results.push(result);
    scan.skipElement();
    if (scan.peek() === ';') scan.at++;
    if (scan.at === at) break;
  }
  if (scan.open) return refused({ code: 'authentication-results/unclosed', at: { offset: scan.at }, see });
  return { ok: true, value: { ...(authservId === undefined ? {} : { authservId }), results }, problems };
}

/** One element up to its `;`. Returns nothing for `none`, for an empty element, and for what is no result. */
function readResult(scan: Scanner, problems: Problem[]): MethodResult | undefined {
  const comments: string[] = [];
  scan.blank(comments);
  const at = scan.at;
  const bad = (text: string): undefined => {
    if (!problems.some((each) => each.code === 'authentication-results/bad-element')) {
      problems.push({
        code: 'authentication-results/bad-element',
        values: { text: text.slice(0, 100) },
        at: { offset: at },
        see,
      });
    }
    return undefined;
  };
  const method = scan.word('=;/');
  scan.blank(comments);
  let methodVersion = 1;
  if (scan.peek() === '/') {
    scan.at++;
    scan.blank(comments);
    const digits = scan.word('=;');
    if (!/^[0-9]{1,9}$/.test(digits)) return bad(method);
    methodVersion = Number(digits);
    scan.blank(comments);
  }
  if (scan.peek() !== '=') {
    // The end of the list, an empty element, or the word that says that there is nothing.
    if (method === '' || method.toLowerCase() === 'none') return undefined;
    return bad(method);
  }
  scan.at++;
  scan.blank(comments);
  const result = scan.word('=;');
  if (!keyword.test(method) || !keyword.test(result)) return bad(`${method}=${result}`);
  const properties: Property[] = [];
  let reason: string | undefined;
  for (;;) {
    scan.blank(comments);
    if (scan.ended() || scan.peek() === ';') break;
    const before = scan.at;
    const name = scan.propertyName(comments);
    if (name === undefined) {
      problems.push({ code: 'authentication-results/bad-property', values: { method }, at: { offset: before }, see });
      break;
    }
    scan.blank(comments);
    const value = scan.value();
    const dot = name.indexOf('.');
    if (dot > 0) properties.push({ type: name.slice(0, dot), name: name.slice(dot + 1), value });
    else if (name === 'reason') reason ??= value;
    // `action=none` and the like: no property, but what Microsoft writes. Kept under the method's own name.
    else properties.push({ type: '', name, value });
    if (properties.length > 100) break;
  }
  return {
    method: method.toLowerCase(),
    methodVersion,
    result: result.toLowerCase(),
    ...(reason === undefined ? {} : { reason }),
    comments,
    properties,
  };
}

const keyword = /^[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?$/;

/** Walks over a structured value, comments and quoted strings as units. */
class Scanner {
  readonly #text: string;
  at = 0;
  /** A comment or a quoted string did not end. */
  open = false;

  constructor(text: string) {
    this.#text = text;
  }

  ended(): boolean {
    return this.at >= this.#text.length;
  }

  peek(): string | undefined {
    return this.#text[this.at];
  }

  /** Passes over white space and comments. */
  blank(comments?: string[]): void {
    while (this.at < this.#text.length) {
      const char = this.#text[this.at]!;
      if (char === '(') {
        const inner = this.#enclosed(')');
        if (comments !== undefined && comments.length < 100) comments.push(inner);
      } else if (/\s/.test(char)) this.at++;
      else return;
    }
  }

  /** A token or quoted string, up to white space, a comment, or one of `stops`. */
  word(stops: string): string {
    if (this.peek() === '"') return this.#enclosed('"');
    const start = this.at;
    while (this.at < this.#text.length) {
      const char = this.#text[this.at]!;
      if (char === '(' || char === '"' || stops.includes(char) || /\s/.test(char)) break;
      this.at++;
    }
    return this.#text.slice(start, this.at);
  }

  /** `ptype.property=` or `name=`, white space and comments allowed between all parts; `undefined` when there is no `=`. */
  propertyName(comments: string[]): string | undefined {
    let name = '';
    for (let part = 0; part < 20; part++) {
      name += this.word('=;.');
      this.blank(comments);
      const char = this.peek();
      if (char === '.') {
        name += '.';
        this.at++;
        this.blank(comments);
      } else if (char === '=') {
        this.at++;
        return /^[\w-]+(?:\.[\w.-]+)?$/.test(name) ? name.toLowerCase() : undefined;
      } else return undefined;
    }
    return undefined;
  }

  /** The value of a property: pieces and quoted strings side by side, `"a b"@example.com`, up to white space, a comment or `;`. */
  value(): string {
    let value = '';
    while (this.at < this.#text.length) {
      const char = this.#text[this.at]!;
      if (char === '"') value += this.#enclosed('"');
      else if (char === ';' || char === '(' || /\s/.test(char)) break;
      else value += this.word(';');
    }
    return value;
  }

  /** On to the `;` that ends the element. */
  skipElement(): void {
    while (this.at < this.#text.length) {
      const char = this.#text[this.at]!;
      if (char === ';') return;
      if (char === '(') this.#enclosed(')');
      else if (char === '"') this.#enclosed('"');
      else this.at++;
    }
  }

  /** The inside of what opens here, backslashes resolved; nested comments are counted, not followed. */
  #enclosed(closing: '"' | ')'): string {
    let depth = 1;
    let inner = '';
    let from = ++this.at;
    for (; this.at < this.#text.length; this.at++) {
      const char = this.#text[this.at]!;
      if (char === '\\') {
        inner += this.#text.slice(from, this.at);
        from = ++this.at;
      } else if (char === closing && --depth === 0) {
        inner += this.#text.slice(from, this.at);
        this.at++;
        return inner.replace(/\r?\n/g, '');
      } else if (char === '(' && closing === ')') depth++;
    }
    this.open = true;
    return inner;
  }
}

function refused(problem: Problem): Reading<AuthenticationResults> {
  return { ok: false, problems: [problem] };
}
