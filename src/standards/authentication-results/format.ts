import type { AuthenticationResults, MethodResult, Property } from './parse.ts';

/** What RFC 2045 §5.1 calls a token. */
const token = /^[!#$%&'*+.0-9A-Z^_`a-z{|}~-]+$/;
const dotAtom = /^[!#$%&'*+/=?^_`{|}~0-9A-Za-z-]+(?:\.[!#$%&'*+/=?^_`{|}~0-9A-Za-z-]+)*$/;
const domain = /^[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*$/;

/**
 * Writes the value of an Authentication-Results field (RFC 8601 §2.2), one result a line, no line break at its end. Whatever
 * came from a message is quoted so that it cannot end its place, and control characters in it become `?`.
 *
 * @throws RangeError when a method, a result or the name of a property is no word.
 */
export function formatAuthenticationResults(results: AuthenticationResults): string {
  const elements = results.results.map(formatResult);
  if (elements.length === 0) elements.push('none');
  return [quoteValue(results.authservId ?? 'unknown'), ...elements].join(';\r\n ');
}

function formatResult(result: MethodResult): string {
  const version = result.methodVersion === 1 ? '' : `/${result.methodVersion}`;
  const parts = [`${word(result.method)}${version}=${word(result.result)}`];
  for (const comment of result.comments)
    parts.push(`(${comment.replace(/[\u0000-\u001f\u007f]/g, '?').replace(/[\\()]/g, '\\$&')})`);
  if (result.reason !== undefined) parts.push(`reason=${quoteValue(result.reason)}`);
  for (const property of result.properties) parts.push(formatProperty(property));
  let line = '';
  let text = '';
  for (const part of parts) {
    if (line !== '' && line.length + part.length > 74) {
      text += `${line}\r\n  `;
      line = part;
    } else line += line === '' ? part : ` ${part}`;
  }
  return text + line;
}

function formatProperty({ type, name, value }: Property): string {
  return `${type === '' ? '' : `${word(type)}.`}${word(name)}=${quoteProperty(value)}`;
}

function word(text: string): string {
  if (!/^[\w.-]+$/.test(text)) throw new RangeError(`not a word of Authentication-Results: ${text}`);
  return text;
}

/** A value, quoted when it is no token. */
function quoteValue(value: string): string {
  return token.test(value) ? value : quoted(value);
}

/** An identity keeps the form of an address, its local part quoted when need be; anything else is a value. */
function quoteProperty(value: string): string {
  const sign = value.lastIndexOf('@');
  if (sign < 0) return quoteValue(value);
  const local = value.slice(0, sign);
  if (!domain.test(value.slice(sign + 1))) return quoted(value);
  return `${local === '' || dotAtom.test(local) ? local : quoted(local)}${value.slice(sign)}`;
}

function quoted(text: string): string {
  return `"${text.replace(/[\u0000-\u001f\u007f]/g, '?').replace(/["\\]/g, '\\$&')}"`;
}
