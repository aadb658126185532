import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseAddress, parseDomainName } from '../../../standards/dns/index.ts';
import { senders } from './all.ts';
import { dkimAlignments, passings, senderCategories, spfAlignments } from './model.ts';
import type { Recognition, Sender } from './model.ts';

const domainFields = ['dkim', 'spf', 'returnPath', 'cname', 'reverse', 'rented'] as const;
const patternFields = ['selectors', 'envelopeLabels'] as const;
/** Fields that answer the same question: an entry may stand in them once. */
const indexes: readonly (readonly (keyof Recognition)[])[] = [
  ['dkim'],
  ['selectors'],
  ['spf'],
  ['returnPath'],
  ['envelopeLabels'],
  ['cname'],
  ['reverse', 'rented'],
  ['asns'],
  ['networks'],
];

/** What is wrong with an entry, one line each. */
function faults(sender: Sender): string[] {
  const found: string[] = [];
  const fault = (what: string): void => void found.push(`${sender.id}: ${what}`);
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(sender.id)) fault('id');
  if (sender.name === '') fault('name');
  if (!senderCategories.includes(sender.category)) fault(`category ${sender.category}`);
  if (!/^https:\/\/[^\s]+$/.test(sender.website)) fault(`website ${sender.website}`);
  for (const field of domainFields) {
    for (const domain of sender.recognise[field] ?? []) {
      const reading = parseDomainName(domain);
      if (!reading.ok || reading.value !== domain || !domain.includes('.')) fault(`${field} ${domain}`);
    }
  }
  for (const field of patternFields) {
    for (const pattern of sender.recognise[field] ?? []) {
      if (!/^[a-z0-9#*?._-]+$/.test(pattern) || !/[a-z0-9?#]/.test(pattern)) fault(`${field} ${pattern}`);
    }
  }
  for (const network of sender.recognise.networks ?? []) {
    const [address = '', length = ''] = network.split('/');
    const parsed = parseAddress(address);
    const most = parsed?.family === 4 ? 32 : 128;
    if (parsed === undefined || !/^\d+$/.test(length) || Number(length) < 8 || Number(length) > most)
      fault(`network ${network}`);
  }
  for (const asn of sender.recognise.asns ?? []) {
    if (!Number.isInteger(asn) || asn < 1 || asn > 0xffff_ffff) fault(`asn ${asn}`);
  }
  if (Object.values(sender.recognise).every((entries) => entries.length === 0)) fault('nothing recognises it');
  if (!spfAlignments.includes(sender.align.spf) || !dkimAlignments.includes(sender.align.dkim)) fault('align');
  if (sender.passesOn !== undefined && !passings.includes(sender.passesOn)) fault('passesOn');
  for (const language of ['en', 'nl'] as const) {
    const text = sender.align.how[language];
    if (text.length < 60 || !/[.)]$/.test(text)) fault(`how.${language}`);
  }
  if (sender.align.how.en === sender.align.how.nl) fault('how is said in one language');
  if (sender.sources.length === 0) fault('no source');
  for (const source of sender.sources) {
    if (!URL.canParse(source) || !/^(?:https:|dns:)/.test(source)) fault(`source ${source}`);
  }
  return found;
}

describe('the catalogue of senders', () => {
  it('is large enough to be of use', () => assert.ok(senders.length >= 170, `${senders.length}`));
  it('says of each what it must, and says it right', () => assert.deepEqual(senders.flatMap(faults), []));
  it('has an id once', () => {
    const ids = senders.map(({ id }) => id);
    assert.deepEqual(
      ids.filter((id, at) => ids.indexOf(id) !== at),
      [],
    );
  });
  it('lets no two senders claim the same, and none the same twice', () => {
    const twice: string[] = [];
    for (const fields of indexes) {
      const taken = new Map<string, string>();
      for (const sender of senders) {
        for (const field of fields) {
          for (const entry of sender.recognise[field] ?? []) {
            const other = taken.get(String(entry));
            if (other !== undefined) twice.push(`${field} ${entry}: ${other} and ${sender.id}`);
            taken.set(String(entry), sender.id);
          }
        }
      }
    }
    assert.deepEqual(twice, []);
  });
  it('has every category it was made for', () => {
    const seen = new Set(senders.map(({ category }) => category));
    assert.deepEqual(
      senderCategories.filter((category) => category !== 'organisation' && !seen.has(category)),
      [],
    );
  });
  it('sees a fault in an entry', () => {
    const good = senders[0]!;
    const bad: Sender = {
      ...good,
      id: 'Bad Id',
      website: 'http://x',
      recognise: { dkim: ['Upper.example', 'nl'], spf: [], returnPath: [], reverse: [], networks: ['192.0.2.0/33'] },
      align: { ...good.align, how: { en: 'x', nl: 'x' } },
      sources: [],
    };
    assert.deepEqual(
      faults(bad).map((line) => line.replace('Bad Id: ', '')),
      [
        'id',
        'website http://x',
        'dkim Upper.example',
        'dkim nl',
        'network 192.0.2.0/33',
        'how.en',
        'how.nl',
        'how is said in one language',
        'no source',
      ],
    );
  });
});
