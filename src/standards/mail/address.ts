import type { Problem, Reading } from '../problem.ts';
import { decodeEncodedWords } from './encoded-word.ts';
import { tokenize } from './tokens.ts';
import type { Token } from './tokens.ts';

/** One mailbox (RFC 5322 §3.4) as it was written: nothing is looked up, folded or converted. */
export interface Mailbox {
  /** The display name, encoded words decoded: what a mail reader shows. May hold anything, control characters included. */
  readonly displayName?: string;
  /** The comment after an address without a display name, `joe@example (Joe)`: some mail readers show it as the name. */
  readonly comment?: string;
  /** Quotes and backslashes resolved. */
  readonly localPart: string;
  /** As written, comments and white space left out; `[…]` for a literal; `''` when the address has none, or is the null address `<>`. */
  readonly domain: string;
  /** The name of the group it stands in (RFC 6854). */
  readonly group?: string;
  /** Where the address begins in the text, in characters. */
  readonly at: number;
}

/** How many addresses of one field are read. */
export const maxAddresses = 1000;

const see = 'RFC 5322 §3.4';

/**
 * Reads a list of addresses: mailboxes and groups, the obsolete forms of §4.4 too (source routes, white space and comments
 * inside an address, empty list elements). One address that cannot be read spoils the whole list, since nobody can say what
 * another reader makes of it.
 *
 * Problems that do not refuse: `mail/obsolete-address`, `mail/name-holds-address`, `mail/words-without-address`,
 * `mail/dots-in-local-part`. Those that do: `mail/bad-address`, `mail/unclosed-quote`, `mail/unclosed-comment`,
 * `mail/unclosed-literal`, `mail/encoded-word-in-address`, `mail/too-many-addresses`, `mail/unclosed-group`.
 */
export function parseAddressList(text: string): Reading<readonly Mailbox[]> {
  const { tokens, open } = tokenize(text);
  if (open !== undefined) {
    const code =
      open === 'quoted'
        ? 'mail/unclosed-quote'
        : open === 'comment'
          ? 'mail/unclosed-comment'
          : 'mail/unclosed-literal';
    return { ok: false, problems: [{ code, see: 'RFC 5322 §3.2' }] };
  }
  return new AddressReader(tokens).list();
}

/** What stands where an address could begin: words, dots and comments up to the character that decides what they are. */
interface Words {
  readonly tokens: Token[];
  readonly comments: string[];
}

class AddressReader {
  readonly #tokens: readonly Token[];
  #at = 0;
  readonly #problems: Problem[] = [];
  readonly #mailboxes: Mailbox[] = [];
  #group: string | undefined;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  list(): Reading<readonly Mailbox[]> {
    while (this.#at < this.#tokens.length) {
      const refusal = this.#element();
      if (refusal !== undefined) return { ok: false, problems: [...this.#problems, refusal] };
      if (this.#mailboxes.length > maxAddresses) {
        return {
          ok: false,
          problems: [...this.#problems, { code: 'mail/too-many-addresses', values: { most: maxAddresses }, see }],
        };
      }
    }
    if (this.#group !== undefined) {
      return {
        ok: false,
        problems: [...this.#problems, { code: 'mail/unclosed-group', values: { group: this.#group }, see }],
      };
    }
    return { ok: true, value: this.#mailboxes, problems: this.#problems };
  }

  /** One element of the list, the separator after it included. Returns what makes the list unreadable. */
  #element(): Problem | undefined {
    const words = this.#words();
    const token = this.#tokens[this.#at];
    if (token === undefined || this.#is(',') || this.#is(';')) {
      // Words without an address: a comma in a display name that nobody quoted. An encoded word alone may hide an address.
      if (words.tokens.length > 0) {
        if (
          words.tokens.some((each) => each.kind === 'encoded' && /[@\uff20\ufe6b]/.test(decodeEncodedWords(each.text)))
        ) {
          return { code: 'mail/encoded-word-in-address', at: { offset: words.tokens[0]!.at }, see: 'RFC 2047 §5' };
        }
        this.#note('mail/words-without-address', words.tokens[0]!.at);
      } else if (token !== undefined && !this.#is(';')) this.#note('mail/obsolete-address', token.at);
      return this.#separator();
    }
    if (this.#is(':')) {
      if (this.#group !== undefined || words.tokens.length === 0) return this.#bad(token);
      this.#group = phrase(words.tokens);
      this.#at++;
      return undefined;
    }
    if (this.#is('<')) return this.#angle(words);
    if (this.#is('@')) {
      // Either the address itself, or an unquoted address in front of the one in angle brackets.
      const start = this.#at;
      const plain = this.#address(words.tokens, token);
      if ('code' in plain) return plain;
      const after = this.#words();
      if (this.#is('<')) {
        this.#note('mail/name-holds-address', words.tokens[0]?.at ?? token.at);
        const name = [...words.tokens, ...this.#tokens.slice(start, this.#at)].filter(
          (each) => each.kind !== 'comment',
        );
        return this.#angle({ tokens: name, comments: [] });
      }
      if (after.tokens.length > 0) return this.#bad(after.tokens[0]!);
      this.#add(plain, '', [...words.comments, ...plain.comments, ...after.comments].at(-1));
      return this.#separator();
    }
    return this.#bad(token);
  }

  /** `<…>` and whatever stands between it and the separator, which may be comments only. */
  #angle(name: Words): Problem | undefined {
    const opening = this.#tokens[this.#at]!;
    this.#at++;
    this.#comments();
    let address: Address;
    if (this.#is('>')) address = { localPart: '', domain: '', at: opening.at, comments: [] };
    else {
      const refusal = this.#route();
      if (refusal !== undefined) return refusal;
      const local = this.#words();
      const at = this.#tokens[this.#at];
      if (this.#is('>') && local.tokens.length > 0) {
        // A local part alone: `<root>`.
        address = { localPart: phrase(local.tokens), domain: '', at: local.tokens[0]?.at ?? opening.at, comments: [] };
      } else if (at !== undefined && this.#is('@')) {
        const read = this.#address(local.tokens, at);
        if ('code' in read) return read;
        if (local.comments.length > 0 || read.comments.length > 0) this.#note('mail/obsolete-address', at.at);
        address = read;
      } else return this.#bad(at ?? opening);
    }
    if (!this.#is('>')) return this.#bad(this.#tokens[this.#at] ?? opening);
    this.#at++;
    const after = this.#words();
    if (after.tokens.length > 0) return this.#bad(after.tokens[0]!);
    this.#add(address, phrase(name.tokens), [...name.comments, ...after.comments].at(-1));
    return this.#separator();
  }

  /** A source route, `@a.example,@b.example:` (§4.4), which is passed over. */
  #route(): Problem | undefined {
    if (!this.#is('@') && !this.#is(',')) return undefined;
    const start = this.#tokens[this.#at]!;
    while (this.#at < this.#tokens.length && !this.#is(':')) {
      if (this.#is('>') || this.#is('<')) return this.#bad(start);
      this.#at++;
    }
    if (!this.#is(':')) return this.#bad(start);
    this.#at++;
    this.#note('mail/obsolete-address', start.at);
    return undefined;
  }

  /** From the `@` on: the domain. `local` is what stood before it. */
  #address(local: readonly Token[], at: Token): Address | Problem {
    const encoded = local.find((each) => each.kind === 'encoded');
    if (encoded !== undefined) {
      return { code: 'mail/encoded-word-in-address', at: { offset: encoded.at }, see: 'RFC 2047 §5' };
    }
    let localPart = '';
    let dot = true;
    for (const token of local) {
      if (token.kind === 'special') {
        if (dot) this.#note('mail/dots-in-local-part', token.at);
        dot = true;
      } else {
        if (!dot) return this.#bad(token);
        dot = false;
      }
      if (token.spaced && localPart !== '') this.#note('mail/obsolete-address', token.at);
      localPart += token.text;
    }
    if (local.length === 0) return this.#bad(at);
    if (dot) this.#note('mail/dots-in-local-part', local.at(-1)!.at);
    this.#at++;
    const comments: string[] = [];
    let domain = '';
    let label = false;
    for (; this.#at < this.#tokens.length; this.#at++) {
      const token = this.#tokens[this.#at]!;
      if (token.kind === 'comment') {
        comments.push(token.text);
        continue;
      }
      if (token.kind === 'literal' && domain === '') {
        this.#at++;
        return { localPart, domain: token.text, at: local[0]!.at, comments };
      } else if (token.kind === 'special' && token.text === '.') {
        domain += '.';
        label = false;
      } else if (token.kind === 'atom' || token.kind === 'encoded') {
        // Two words in a row: the domain ended before the second one.
        if (label) break;
        domain += token.text;
        label = true;
      } else break;
      if (token.spaced || comments.length > 0) this.#note('mail/obsolete-address', token.at);
    }
    if (domain === '') return this.#bad(at);
    return { localPart, domain, at: local[0]!.at, comments };
  }

  #words(): Words {
    const tokens: Token[] = [];
    const comments: string[] = [];
    for (; this.#at < this.#tokens.length; this.#at++) {
      const token = this.#tokens[this.#at]!;
      if (token.kind === 'comment') comments.push(token.text);
      else if (token.kind === 'literal' || (token.kind === 'special' && token.text !== '.')) break;
      else tokens.push(token);
    }
    return { tokens, comments };
  }

  #comments(): void {
    while (this.#tokens[this.#at]?.kind === 'comment') this.#at++;
  }

  /** The end of an element: a comma, the end of the group, or of the text. */
  #separator(): Problem | undefined {
    const token = this.#tokens[this.#at];
    if (token === undefined) return undefined;
    if (this.#is(',')) {
      this.#at++;
      return undefined;
    }
    if (this.#is(';') && this.#group !== undefined) {
      this.#group = undefined;
      this.#at++;
      this.#comments();
      if (this.#is(',')) this.#at++;
      else if (this.#at < this.#tokens.length) return this.#bad(this.#tokens[this.#at]!);
      return undefined;
    }
    return this.#bad(token);
  }

  #is(special: string): boolean {
    const token = this.#tokens[this.#at];
    return token !== undefined && token.kind === 'special' && token.text === special;
  }

  #bad(token: Token): Problem {
    return { code: 'mail/bad-address', values: { text: token.text.slice(0, 100) }, at: { offset: token.at }, see };
  }

  #note(code: string, offset: number): void {
    if (!this.#problems.some((each) => each.code === code)) this.#problems.push({ code, at: { offset }, see });
  }

  #add(address: Address, name: string, comment: string | undefined): void {
    const displayName = decodeEncodedWords(name);
    this.#mailboxes.push({
      ...(displayName === '' ? {} : { displayName }),
      ...(comment === undefined ? {} : { comment: decodeEncodedWords(comment) }),
      localPart: address.localPart,
      domain: address.domain,
      ...(this.#group === undefined ? {} : { group: this.#group }),
      at: address.at,
    });
  }
}

interface Address {
  readonly localPart: string;
  readonly domain: string;
  readonly at: number;
  readonly comments: readonly string[];
}

/** The words of a phrase as one text, a space where the source has white space. */
function phrase(tokens: readonly Token[]): string {
  let text = '';
  for (const token of tokens) text += token.spaced && text !== '' ? ` ${token.text}` : token.text;
  return text;
}
