import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { fieldsNamed, parseMessage } from '../mail/index.ts';
import { BodyHasher, HeaderText } from './index.ts';
import type { Canonicalization } from './index.ts';

/** The canonical body by the words of RFC 6376 §3.4.3 and §3.4.4, with no thought of speed. */
function canonicalBody(body: string, form: Canonicalization): string {
  const lines = body.split(/\r?\n/);
  const cleaned = form === 'simple' ? lines : lines.map((line) => line.replace(/[ \t]+$/, '').replace(/[ \t]+/g, ' '));
  while (cleaned.at(-1) === '') cleaned.pop();
  if (cleaned.length === 0) return form === 'simple' ? '\r\n' : '';
  return `${cleaned.join('\r\n')}\r\n`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'latin1').digest('base64');
}

function hashOf(
  pieces: readonly Buffer[],
  form: Canonicalization,
  length?: number,
): { digest: string; length: number } {
  const hasher = new BodyHasher({ form, hash: 'sha256', ...(length === undefined ? {} : { length }) });
  for (const piece of pieces) hasher.update(piece);
  const { digest, canonicalLength } = hasher.digest();
  return { digest: digest.toString('base64'), length: canonicalLength };
}

describe('the canonical body', () => {
  const cases: [clause: string, form: Canonicalization, body: string, canonical: string][] = [
    ['RFC 6376 §3.4.5 example 1', 'relaxed', ' C \r\nD \t E\r\n\r\n\r\n', ' C\r\nD E\r\n'],
    ['RFC 6376 §3.4.5 example 2', 'simple', ' C \r\nD \t E\r\n\r\n\r\n', ' C \r\nD \t E\r\n'],
    ['§3.4.3 an empty body is one line break', 'simple', '', '\r\n'],
    ['§3.4.4 an empty body is nothing', 'relaxed', '', ''],
    ['§3.4.4 a body of empty lines is nothing', 'relaxed', '\r\n \r\n\t\r\n', ''],
    ['§3.4.3 white space is no empty line', 'simple', 'a\r\n \r\n', 'a\r\n \r\n'],
    ['§3.4.3 a missing line break is added', 'simple', 'a', 'a\r\n'],
    ['§3.4.4 a missing line break is added', 'relaxed', 'a ', 'a\r\n'],
    ['§5.3 a line that ends with LF ends with CRLF', 'simple', 'a\nb\n\n', 'a\r\nb\r\n'],
    ['a carriage return alone is a byte like others', 'relaxed', 'a\rb \r\n', 'a\rb\r\n'],
    ['a carriage return at the very end', 'simple', 'a\r', 'a\r\r\n'],
    ['empty lines within stay', 'relaxed', 'a\r\n\r\n\r\nb\r\n', 'a\r\n\r\n\r\nb\r\n'],
    ['a space before a tab before a word', 'relaxed', 'a \t b\r\n', 'a b\r\n'],
    ['a form feed is no white space', 'relaxed', 'a \f b\r\n', 'a \f b\r\n'],
  ];
  for (const [clause, form, body, canonical] of cases) {
    it(`${clause} (${form})`, () => {
      assert.deepEqual(hashOf([Buffer.from(body)], form), { digest: sha256(canonical), length: canonical.length });
      assert.equal(canonicalBody(body, form), canonical, 'the reference agrees');
    });
  }
  it('the hashes of an empty body are those of RFC 6376 §3.4.3 and §3.4.4', () => {
    assert.equal(hashOf([], 'simple').digest, 'frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY=');
    assert.equal(hashOf([], 'relaxed').digest, '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=');
  });

  const scrap = fc.constantFrom(
    'a',
    'bc',
    ' ',
    '  ',
    '\t',
    '\r\n',
    '\n',
    '\r',
    '\r\n\r\n',
    '\0',
    '\f',
    'é',
    'x'.repeat(70),
  );
  const body = fc.array(scrap, { maxLength: 60 }).map((all) => all.join(''));
  it('is what the RFC says, whole or cut anywhere, and as far as l= goes', () => {
    fc.assert(
      fc.property(
        body,
        fc.constantFrom('simple' as const, 'relaxed' as const),
        fc.array(fc.nat(300)),
        fc.option(fc.nat(200)),
        (text, form, cuts, limit) => {
          const bytes = Buffer.from(text, 'latin1');
          const places = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
          const pieces = places.slice(1).map((end, at) => bytes.subarray(places[at], end));
          const canonical = canonicalBody(text, form);
          const signed = limit === null ? canonical : canonical.slice(0, limit);
          assert.deepEqual(hashOf(pieces, form, limit ?? undefined), {
            digest: sha256(signed),
            length: canonical.length,
          });
        },
      ),
      { numRuns: 3000 },
    );
  });
  it('of a body larger than any buffer, in pieces of any size', () => {
    const text = `${'lorem  ipsum \t dolor\r\n'.repeat(9000)}${'y'.repeat(100_000)}\r\n\r\n`;
    const bytes = Buffer.from(text);
    for (const form of ['simple', 'relaxed'] as const) {
      const canonical = canonicalBody(text, form);
      for (const size of [7, 4096, 65_536, bytes.length]) {
        const pieces = [];
        for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
        assert.deepEqual(hashOf(pieces, form), { digest: sha256(canonical), length: canonical.length });
      }
    }
  });
  it('hashers that run at the same time do not mix', () => {
    const one = new BodyHasher({ form: 'relaxed', hash: 'sha256' });
    const two = new BodyHasher({ form: 'relaxed', hash: 'sha256' });
    one.update(Buffer.from('a\r\n'));
    two.update(Buffer.from('b\r\n'));
    one.update(Buffer.from('a\r\n'));
    assert.equal(one.digest().digest.toString('base64'), sha256('a\r\na\r\n'));
    two.update(Buffer.from('b\r\n'));
    assert.equal(two.digest().digest.toString('base64'), sha256('b\r\nb\r\n'));
  });
});

describe('canonical header fields', () => {
  const cases: [clause: string, form: Canonicalization, field: string, canonical: string][] = [
    ['RFC 6376 §3.4.5 example 1', 'relaxed', 'A: X\r\n', 'a:X'],
    ['RFC 6376 §3.4.5 example 1, folded', 'relaxed', 'B : Y\t\r\n\tZ  \r\n', 'b:Y Z'],
    ['RFC 6376 §3.4.5 example 2', 'simple', 'B : Y\t\r\n\tZ  \r\n', 'B : Y\t\r\n\tZ  '],
    ['§5.3 LF becomes CRLF', 'simple', 'B: Y\n Z\n', 'B: Y\r\n Z'],
    ['§3.4.2 an empty value', 'relaxed', 'Subject:  \t \r\n', 'subject:'],
    ['§3.4.2 the value keeps its case', 'relaxed', 'SUBJect: AbC\r\n', 'subject:AbC'],
    ['a fold that begins the value', 'relaxed', 'Subject:\r\n x\r\n', 'subject:x'],
    ['bytes above 127 stay', 'relaxed', 'Subject: \u00e4  \u00ff\r\n', 'subject:\u00e4 \u00ff'],
    ['a carriage return alone stays', 'relaxed', 'Subject: a\rb\r\n', 'subject:a\rb'],
  ];
  for (const [clause, form, field, canonical] of cases) {
    it(`${clause} (${form})`, () => {
      const message = parseMessage(Buffer.from(`${field}\r\n`, 'latin1'));
      const text = new HeaderText();
      text.add(message, message.fields[0]!, form);
      assert.equal(text.bytes.toString('latin1'), canonical);
    });
  }
  it('§3.7: the value of b= is left out with the white space around it', () => {
    const message = parseMessage(Buffer.from('DKIM-Signature: a=1; b= abc\r\n def ; c=2\r\n\r\n'));
    const field = fieldsNamed(message, 'dkim-signature')[0]!;
    const text = new HeaderText();
    text.add(message, field, 'relaxed', { start: 8, end: 19 });
    assert.equal(text.bytes.toString(), 'dkim-signature:a=1; b=; c=2');
    text.clear();
    text.add(message, field, 'simple', { start: 8, end: 19 });
    assert.equal(text.bytes.toString(), 'DKIM-Signature: a=1; b=; c=2');
  });
});
