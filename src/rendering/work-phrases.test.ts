import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Task } from '../protection/plan/tasks/index.ts';
import { speech } from './speech.ts';
import { ownerText, whyText } from './work-phrases.ts';

const domain = (name: string): Task['domains'][number] => ({
  domain: name,
  messages: 1,
  lacking: 1,
  last: null,
  state: 'open',
  shutsGate: true,
});

/** A task, as far as these phrases read one. */
const task = (part: Partial<Task>): Task =>
  ({
    stream: { id: 'a-2345', name: 'Mailer as firm.example' },
    sender: { id: null, name: null },
    seen: { first: '2026-03-01', last: '2026-03-31', addresses: 1, busiest: [] },
    domains: [domain('firm.example')],
    messages: 1200,
    party: null,
    owner: '',
    ...part,
  }) as Task;
const party = { id: 'p', name: 'A party', owner: '', contact: '' };

describe('why something is a task', () => {
  const ask = (whom: string): Task['why'] => ({ code: 'inventory/ask', values: { whom } });
  const cases: [behaviour: string, part: Partial<Task>, en: string][] = [
    [
      'a question names whom to ask, the sender, the domain, since when and how much',
      { why: ask('Mailer'), sender: { id: 'm', name: 'Mailer' } },
      'Ask Mailer, whoever manages firm.example: is Mailer used to mail as firm.example, since 2026-03-01, about 1,200 messages in all? If so, by whom and for what; if nobody knows it, it is not ours.',
    ],
    [
      'a question without anybody to ask, of one message in several domains',
      { why: ask(''), messages: 1, domains: [domain('firm.example'), domain('b.example')] },
      'Ask whoever manages firm.example and 1 more, and whoever keeps the contracts: is Mailer as firm.example used to mail as firm.example and 1 more, since 2026-03-01, about 1 message in all? If so, by whom and for what; if nobody knows it, it is not ours.',
    ],
    [
      'what a stream is thought to be is said in words',
      { why: { code: 'work/why-undecided', values: { stream: 'Mailer', kind: 'third' } } },
      'nobody has decided whether Mailer may mail as us; it is thought to be: third party on our behalf',
    ],
    [
      'what is amiss has its numbers',
      { why: { code: 'work/why-spf-alone', values: { stream: 'Mailer', domains: 1 } } },
      'mail of Mailer has no aligned signature in 1 domain and stands on SPF alone: what recipients pass on of it is lost under a policy',
    ],
  ];
  for (const [behaviour, part, en] of cases) it(behaviour, () => assert.equal(whyText(task(part), speech('en')), en));
  for (const language of ['en', 'nl'] as const)
    it(`nothing is left open (${language})`, () => {
      for (const [, part] of cases)
        assert.doesNotMatch(whyText(task(part), speech(language)), /[{}]|: third$|inventory\//);
    });
});

describe('who is to do it', () => {
  const cases: [behaviour: string, part: Partial<Task>, en: string][] = [
    ['who it was given to', { owner: 'A. Jansen', party }, 'A. Jansen'],
    ['else the party', { party }, 'A party'],
    ['else nobody', {}, 'nobody'],
    ['made safe', { owner: 'A\u202Eb' }, 'A\uFFFDb'],
  ];
  for (const [behaviour, part, en] of cases) it(behaviour, () => assert.equal(ownerText(task(part), speech('en')), en));
});
