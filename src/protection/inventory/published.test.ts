import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KeptAnswer } from './names/index.ts';
import { publishedFacts } from './published.ts';

const rest = { ttl: 60, aliases: [], authenticated: false };

/** `NAME TYPE DATA`: a record; without data: that a name does not exist; `-`: that it has none of the type. */
function kept(line: string): KeptAnswer {
  const [name = '', type = '', ...data] = line.split(' ');
  const text = data.join(' ');
  const answer =
    text === ''
      ? { ...rest, kind: 'no-such-name' }
      : text === '-'
        ? { ...rest, kind: 'no-data' }
        : { ...rest, kind: 'records', records: [type === 'TXT' ? [text] : text] };
  return { name, type, firstDay: 1, lastDay: 9, answer } as KeptAnswer;
}

describe('names that do not exist', () => {
  const zone = ['acme.example SOA ns.acme.example', 'a.b.acme.example A 192.0.2.1'];
  const cases: readonly (readonly [name: string, lines: readonly string[], absent: boolean])[] = [
    ['gone.acme.example', zone, true],
    ['acme.example', zone, false],
    ['a.b.acme.example', zone, false],
    // RFC 8020 §2: what lies above a name exists.
    ['b.acme.example', zone, false],
    // Nobody asked about it, and its zone was not kept.
    ['gone.other.example', zone, false],
    ['gone.other.example', ['other.example TXT v=spf1 -all'], false],
    ['gone.other.example', ['gone.other.example TXT'], true],
    ['there.other.example', ['there.other.example TXT -'], false],
    // It was there on another day.
    ['late.acme.example', [...zone, 'late.acme.example TXT', 'late.acme.example A 192.0.2.2'], false],
    // RFC 4592 §3.3.1: a wildcard stands for what is not there, below the nearest name that is.
    ['any.acme.example', [...zone, '*.acme.example MX 10 mx'], false],
    ['x.b.acme.example', [...zone, '*.acme.example MX 10 mx'], true],
    // Below a delegation another zone tells.
    ['x.sub.acme.example', [...zone, 'sub.acme.example NS ns.sub.acme.example'], false],
    ['x.acme.example', [...zone, 'acme.example NS ns.acme.example'], true],
  ];
  for (const [name, lines, absent] of cases)
    it(`${name}, of ${lines.at(-1)}: ${absent ? 'does not' : 'may'}`, () =>
      assert.equal(publishedFacts(lines.map(kept)).isAbsent(name), absent));
});

describe('domains that nobody mails as, by their SPF record', () => {
  const cases: readonly (readonly [lines: readonly string[], never: boolean])[] = [
    [['acme.example TXT v=spf1 -all'], true],
    [['acme.example TXT V=SPF1  -ALL '], true],
    [['acme.example TXT v=spf1 ~all'], false],
    [['acme.example TXT v=spf1 a -all'], false],
    [['acme.example TXT v=spf1 -all', 'acme.example TXT something else'], true],
    [['acme.example TXT v=spf1 -all', 'acme.example TXT v=spf1 mx -all'], false],
    [['acme.example TXT v=spf1 mx -all', 'acme.example TXT v=spf1 -all'], false],
    [['other.example TXT v=spf1 -all'], false],
    [['acme.example TXT -'], false],
  ];
  for (const [lines, never] of cases)
    it(`${lines.join(' and ')}: ${never ? 'yes' : 'no'}`, () =>
      assert.equal(publishedFacts(lines.map(kept)).neverMails('acme.example'), never));
});
