import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import type { Columns, Dimension, History, Measure, Question } from '../../history.ts';
import { historyOf } from '../../../../test/hand-made/history.ts';
import { attribute } from './attribute.ts';
import {
  attributed,
  evidenceOf,
  partition,
  rowsOf,
  saidOf,
  streamsOf,
} from '../../../../test/hand-made/attribution.ts';
import type { Written } from '../../../../test/hand-made/attribution.ts';

const gateways = [
  '10.1.0.1 acme.example d=acme.example/mail spf=acme.example x50',
  '10.1.0.2 acme.example d=acme.example/mail spf=acme.example x50',
  '10.1.0.1 brand.example d=brand.example/mail spf=brand.example x20',
];
const own = { networks: { '10.1.': 'ACME-AS' } };
const nets = (count: number, of: (net: number) => string): string[] =>
  Array.from({ length: count }, (_, net) => of(net));
const lineAddresses = nets(60, (n) => `${n < 30 ? 11 : 12}.1.7.${n % 30}`);
const lineNames = Object.fromEntries(lineAddresses.map((ip) => [ip, `host-${ip.replaceAll('.', '-')}.pool.example`]));
const snowshoe = nets(60, (n) => `11.1.0.${n} acme.example d=deals.example/s1 spf=deals.example x1`);

describe('what is said of mail', () => {
  const cases: readonly (readonly [name: string, written: Written, said: Readonly<Record<string, string>>])[] = [
    ['gateways that sign and that SPF lets in are ours', { ...own, lines: gateways }, { '10.1.0.1': 'ours' }],
    [
      'somebody who keeps our signatures passes mail on',
      {
        ...own,
        lines: [
          ...gateways,
          '11.1.0.1 acme.example d=acme.example/mail spf=acme.example! x5',
          '11.1.0.1 brand.example d=brand.example/mail spf=brand.example! x2',
        ],
      },
      { '11.1.0.1': 'forwarder' },
    ],
    [
      'who is declared, and signs with one key of which more is passed on than comes from him, is no forwarder',
      {
        ...own,
        lines: [
          ...gateways,
          '11.1.0.1 acme.example d=acme.example/nt spf=acme.example! x1 days=200-206',
          '12.1.0.1 acme.example d=acme.example/nt spf=acme.example! x30 days=200-206',
        ],
        networks: { '11.1.': 'Notary BV' },
        declared: [{ sender: 'Notary BV', domains: ['acme.example'], rhythm: 'yearly' }],
      },
      { '11.1.0.1': 'open' },
    ],
    [
      'so does one who puts his own envelope on it',
      {
        ...own,
        lines: [
          ...gateways,
          '11.1.0.1 acme.example d=acme.example/mail spf=srs.example x5',
          '11.1.0.1 brand.example d=brand.example/mail spf=srs.example x2',
        ],
      },
      { '11.1.0.1': 'forwarder' },
    ],
    [
      'one broken signature from sixty networks that pass on nothing else was copied',
      {
        ...own,
        lines: [
          ...gateways,
          '10.1.9.1 brand.example d=brand.example/app spf=brand.example x50',
          ...nets(60, (net) => `30.${net}.0.1 acme.example d=acme.example/mail! spf=acme.example! x3`),
          ...nets(60, (net) => `30.${net}.0.1 acme.example env=acme.example d=acme.example/mail! spf=acme.example! x3`),
          ...nets(60, (net) => `30.${net}.0.1 brand.example d=brand.example/mail! spf=brand.example! x3`),
        ],
      },
      { '30.5.0.1': 'forged', '10.1.0.1': 'ours' },
    ],
    [
      'a few networks that break what they pass on are not called forgers',
      {
        ...own,
        lines: [
          ...gateways,
          ...nets(5, (net) => `30.${net}.0.1 acme.example d=acme.example/mail! spf=acme.example! x3`),
        ],
      },
      { '30.1.0.1': 'open' },
    ],
    [
      'unsigned mail from everywhere, in any envelope, is forged',
      {
        ...own,
        lines: [
          ...gateways,
          ...nets(40, (net) => `30.${net}.0.1 acme.example spf=made-up-${net}.example! x3 days=${net}-${net + 20}`),
        ],
      },
      { '30.7.0.1': 'forged' },
    ],
    [
      'a tenant who writes our name at the service of an aligned stream is not ours',
      {
        ...own,
        lines: [
          ...gateways,
          '167.89.1.1 acme.example d=acme.example/s1 d=sendgrid.net/smtpapi spf=em1.acme.example x30',
          '167.89.1.1 acme.example d=sendgrid.net/smtpapi spf=sendgrid.net x20',
        ],
        names: { '167.89.1.1': 'o1.ptr1.outbound-mail.sendgrid.net' },
        declared: [{ sender: 'SendGrid', domains: ['acme.example'], rhythm: 'daily' }],
        includes: { 'acme.example': ['sendgrid.net'] },
      },
      { '167.89.1.1': 'ours' },
    ],
    [
      'unaligned mail at a service that is declared is ours',
      {
        ...own,
        lines: [...gateways, '167.89.1.1 brand.example d=sendgrid.net/smtpapi spf=sendgrid.net x20'],
        names: { '167.89.1.1': 'o1.ptr1.outbound-mail.sendgrid.net' },
        declared: [{ sender: 'Twilio Sendgrid', domains: ['brand.example'], rhythm: 'dagelijks' }],
      },
      { '167.89.1.1': 'ours' },
    ],
    [
      'but not when strangers who write other names of ours there make it rise with theirs',
      {
        ...own,
        lines: [
          ...gateways,
          '167.89.1.1 brand.example d=sendgrid.net/smtpapi spf=sendgrid.net x20',
          '167.89.1.2 brand.example d=sendgrid.net/smtpapi spf=sendgrid.net x30 days=100-199',
          '167.89.1.2 acme.example d=sendgrid.net/smtpapi spf=sendgrid.net x90 days=100-199',
        ],
        names: { '167.89.1.1': 'o1.outbound-mail.sendgrid.net', '167.89.1.2': 'o2.outbound-mail.sendgrid.net' },
        declared: [{ sender: 'SendGrid', domains: ['brand.example'], rhythm: 'daily' }],
      },
      { '167.89.1.1': 'open' },
    ],
    [
      'another customer of the service, in his own name, is not what was declared with certainty',
      {
        ...own,
        lines: [
          ...gateways,
          '167.89.1.1 acme.example d=parcel.example/s1 d=sendgrid.net/smtpapi spf=em.parcel.example x20',
          '167.89.1.1 acme.example d=acme.example/s1 spf=em1.acme.example x1',
        ],
        names: { '167.89.1.1': 'o1.outbound-mail.sendgrid.net' },
        declared: [{ sender: 'SendGrid', domains: ['acme.example'] }],
      },
      { '167.89.1.1': 'open' },
    ],
    [
      'mail signed at a gateway that comes out of an office suite was passed on there, though SPF lets the suite in',
      {
        ...own,
        lines: [
          ...gateways,
          '40.107.1.1 acme.example d=acme.example/mail spf=acme.example x1',
          '40.107.1.2 acme.example d=acme.example/selector1 spf=acme.example x30',
        ],
      },
      { '40.107.1.1': 'forwarder', '40.107.1.2': 'ours' },
    ],
    [
      'mail of the suite itself in the envelope of another tenant was passed on',
      {
        ...own,
        lines: [
          ...gateways,
          '40.107.1.1 acme.example d=acme.example/selector1 spf=tenant.example! x1',
          '40.107.1.2 acme.example d=acme.example/selector1 spf=acme.example x30',
        ],
      },
      { '40.107.1.1': 'forwarder', '40.107.1.2': 'ours' },
    ],
    [
      'an address in a cloud that signs with a key that a service keeps is the service’s',
      {
        lines: [...gateways, '16.1.0.1 acme.example d=acme.example/zendesk1 spf=acme.example x9'],
        networks: { '10.1.': 'ACME-AS', '16.1.': 'AMAZON-02' },
        aliases: { 'zendesk1._domainkey.acme.example': 'zendesk1._domainkey.zendesk.com' },
      },
      { '16.1.0.1': 'ours' },
    ],
    [
      'machines that mail as their own confirmed names are ours',
      {
        ...own,
        lines: [...gateways, ...nets(3, (n) => `10.1.7.${n} db${n}.acme.example spf=db${n}.acme.example! x2`)],
        names: { '10.1.7.0': 'db0.acme.example', '10.1.7.1': 'db1.acme.example', '10.1.7.2': 'db2.acme.example' },
      },
      { '10.1.7.1': 'ours' },
    ],
    [
      'a machine of ours that mails for long is ours',
      {
        ...own,
        lines: [...gateways, '10.1.7.1 acme.example spf=monitor.brand.example! x2'],
        names: { '10.1.7.1': 'monitor.brand.example' },
      },
      { '10.1.7.1': 'ours' },
    ],
    [
      'one that does so for a month only is a question',
      {
        ...own,
        lines: [...gateways, '10.1.7.1 acme.example spf=acme.example! x2 days=150-180'],
        names: { '10.1.7.1': 'monitor.brand.example' },
      },
      { '10.1.7.1': 'open' },
    ],
    [
      'numbered lines that bear our name are no machines of ours',
      {
        ...own,
        lines: [...gateways, ...nets(20, (n) => `10.2.7.${n} acme.example spf=acme.example! x2`)],
        names: Object.fromEntries(
          nets(20, (n) => `10.2.7.${n}`).map((ip) => [ip, `ip-${ip.replaceAll('.', '-')}.access.acme.example`]),
        ),
      },
      { '10.2.7.4': 'open' },
    ],
    [
      'a newsletter that ten places pass on in its own envelope was not sent again',
      {
        ...own,
        lines: [
          ...gateways,
          '198.2.130.1 acme.example d=acme.example/k2 spf=mail1.mcsv.net x60',
          ...nets(10, (net) => `30.${net}.0.1 acme.example d=acme.example/k2 spf=mail1.mcsv.net! x2`),
        ],
        names: { '198.2.130.1': 'mail1.mcsv.net' },
      },
      { '30.3.0.1': 'forwarder' },
    ],
    [
      'one signature in the envelope of a stranger that SPF does not pass, from everywhere, was',
      {
        ...own,
        lines: [
          ...gateways,
          ...nets(10, (net) => `30.${net}.0.1 acme.example d=acme.example/mail spf=blast.example! x9`),
        ],
      },
      { '30.3.0.1': 'abused' },
    ],
    [
      'a message of one key, sent again for days in an envelope of another, more than was sent, is not passed on for sure',
      {
        ...own,
        lines: [
          ...gateways,
          '10.1.0.9 acme.example d=acme.example/bill spf=acme.example x5',
          ...nets(3, (n) => `11.1.0.${n} acme.example d=acme.example/bill spf=vps.example x40 days=60-66`),
        ],
      },
      { '11.1.0.1': 'open' },
    ],
    [
      'mail of one key that goes on for months is',
      {
        ...own,
        lines: [
          ...gateways,
          '10.1.0.9 acme.example d=acme.example/bill spf=acme.example x5',
          '11.1.0.1 acme.example d=acme.example/bill spf=srs.example x1',
        ],
      },
      { '11.1.0.1': 'forwarder' },
    ],
    [
      'a signature that never holds, beside one of the own envelope that does, is not passed on for sure',
      {
        ...own,
        lines: [
          ...gateways,
          ...nets(4, (n) => `11.1.0.${n} acme.example d=acme.example/mail! d=notice.example/x spf=notice.example x9`),
          ...nets(4, (n) => `11.1.0.${n} acme.example d=acme.example! d=notice.example spf=notice.example x9`),
        ],
      },
      { '11.1.0.1': 'open' },
    ],
    [
      'names that do not exist, from many addresses, are forged',
      {
        ...own,
        lines: [...gateways, ...nets(30, (n) => `11.1.${n}.1 login.acme.example spf=login.acme.example! x1`)],
        absent: ['login.acme.example'],
      },
      { '11.1.3.1': 'forged' },
    ],
    [
      'from a few they are a question: servers mail as what they are called inside',
      {
        ...own,
        lines: [...gateways, ...nets(3, (n) => `11.1.${n}.1 web1.acme.example spf=web1.acme.example! x1`)],
        absent: ['web1.acme.example'],
      },
      { '11.1.1.1': 'open' },
    ],
    [
      'so are names whose record says that nobody mails as them, when they come from many addresses',
      {
        ...own,
        lines: [...gateways, ...nets(30, (n) => `11.1.${n}.1 parked.example spf=parked.example! x1`)],
        neverMail: ['parked.example'],
      },
      { '11.1.3.1': 'forged' },
    ],
    [
      'lines of two providers that write as us are infected',
      {
        ...own,
        lines: [...gateways, ...lineAddresses.map((ip) => `${ip} acme.example spf=acme.example! x1`)],
        names: lineNames,
      },
      { '11.1.7.3': 'forged', '12.1.7.3': 'forged' },
    ],
    [
      'those of one provider alone may be subscribers of ours, whatever they are called',
      {
        ...own,
        lines: [
          ...gateways,
          ...lineAddresses.filter((ip) => ip.startsWith('11.')).map((ip) => `${ip} acme.example spf=acme.example! x1`),
        ],
        names: lineNames,
      },
      { '11.1.7.3': 'open' },
    ],
    [
      'sixty addresses that sign for themselves and that no record names are nobody’s we know',
      { ...own, lines: [...gateways, ...snowshoe] },
      { '11.1.0.3': 'forged' },
    ],
    [
      'when a record of ours names them they are a question',
      { ...own, lines: [...gateways, ...snowshoe], includes: { 'acme.example': ['_spf.deals.example'] } },
      { '11.1.0.3': 'open' },
    ],
    [
      'a signature that fails at its home, without its selector, is still of its home',
      { ...own, lines: [...gateways, '10.1.0.2 acme.example d=acme.example! spf=acme.example! x1'] },
      { '10.1.0.2': 'ours' },
    ],
  ];
  for (const [name, written, said] of cases)
    it(name, async () => {
      const inventory = await attributed(written);
      assert.deepEqual(
        Object.fromEntries(Object.keys(said).map((source) => [source, saidOf(inventory, source)])),
        said,
        JSON.stringify(
          inventory.streams.map(({ name: called, kind, confidence, reasons }) => [
            called,
            kind,
            confidence,
            reasons.map(({ code, weight }) => `${code} ${weight}`),
          ]),
          null,
          1,
        ),
      );
    });
});

describe('which mail is one stream', () => {
  const together = async (written: Written, one: string, other: string): Promise<boolean> => {
    const inventory = await attributed(written);
    return streamsOf(inventory, one)[0]!.id === streamsOf(inventory, other)[0]!.id;
  };
  const cases: readonly (readonly [name: string, written: Written, one: string, other: string, same: boolean])[] = [
    ['gateways of one site, whatever they mail as', { ...own, lines: gateways }, '10.1.0.1', '10.1.0.2', true],
    [
      'two sites that call their key alike, and share neither machines nor domains, are two',
      { ...own, lines: [...gateways, '10.1.50.1 sister.example d=sister.example/mail spf=sister.example x30'] },
      '10.1.0.1',
      '10.1.50.1',
      false,
    ],
    [
      'two sites that mail as the same domain are one',
      { ...own, lines: [...gateways, '10.1.50.1 acme.example d=acme.example/mail spf=acme.example x30'] },
      '10.1.0.1',
      '10.1.50.1',
      true,
    ],
    [
      'a key of another name beside it is another set-up',
      { ...own, lines: [...gateways, '10.1.0.9 acme.example d=acme.example/invoices spf=acme.example x30'] },
      '10.1.0.1',
      '10.1.0.9',
      false,
    ],
    [
      'two customers of a service that nobody knows, each declared by its party',
      {
        lines: ['60.1.0.1', '60.1.0.2'].flatMap((ip) => [
          `${ip} news.acme.example d=news.acme.example/bv spf=bounce.brevilo.example x9`,
          ...(ip.endsWith('2')
            ? [`${ip} news.brand.example d=news.brand.example/bv spf=bounce.brevilo.example x30`]
            : []),
        ]),
        networks: { '60.1.': 'Brevilo Hosting' },
        declared: [
          { party: 'Marketing', sender: 'Brevilo', domains: ['news.acme.example'] },
          { party: 'Brand team', sender: 'Brevilo', domains: ['news.brand.example'] },
        ],
      },
      '60.1.0.1',
      '60.1.0.2',
      false,
    ],
    [
      'a key that is replaced is of the same set-up',
      {
        ...own,
        lines: [
          '10.1.0.1 acme.example d=acme.example/mail2024 spf=acme.example x5 days=0-99',
          '10.1.0.2 acme.example d=acme.example/mail2025 spf=acme.example x5 days=100-199',
        ],
      },
      '10.1.0.1',
      '10.1.0.2',
      true,
    ],
    [
      'bots with an envelope each are one campaign',
      {
        ...own,
        lines: [
          ...gateways,
          ...nets(40, (net) => `30.${net}.0.1 acme.example spf=made-up-${net}.example! x3 days=${net}-${net + 20}`),
        ],
      },
      '30.1.0.1',
      '30.31.0.1',
      true,
    ],
    [
      'machines that mail as themselves are one stream',
      {
        ...own,
        lines: [...gateways, ...nets(3, (n) => `10.1.${n + 60}.1 db${n}.acme.example spf=db${n}.acme.example! x2`)],
        names: { '10.1.60.1': 'db0.acme.example', '10.1.61.1': 'db1.acme.example', '10.1.62.1': 'db2.acme.example' },
      },
      '10.1.60.1',
      '10.1.62.1',
      true,
    ],
    [
      'domains of one tenant of an office suite',
      {
        lines: [
          '40.107.1.1 acme.example d=acme.example/selector1 spf=acme.example x9',
          '40.107.1.2 other.example d=other.example/selector1 spf=other.example x9',
        ],
      },
      '40.107.1.1',
      '40.107.1.2',
      true,
    ],
    [
      'domains that a service tells nothing of are two',
      {
        lines: [
          '198.2.130.1 acme.example d=acme.example/k2 spf=mail1.mcsv.net x9',
          '198.2.130.2 other.example d=other.example/k2 spf=mail2.mcsv.net x9',
        ],
        names: { '198.2.130.1': 'mail1.mcsv.net', '198.2.130.2': 'mail2.mcsv.net' },
        aliases: { 'k2._domainkey.acme.example': 'dkim2.mcsv.net', 'k2._domainkey.other.example': 'dkim2.mcsv.net' },
      },
      '198.2.130.1',
      '198.2.130.2',
      false,
    ],
    [
      'domains whose keys point to one account there are one',
      {
        lines: [
          '167.89.1.1 acme.example d=acme.example/s1 spf=em1.acme.example x9',
          '167.89.1.2 other.example d=other.example/s1 spf=em1.other.example x9',
        ],
        names: { '167.89.1.1': 'o1.sendgrid.net', '167.89.1.2': 'o2.sendgrid.net' },
        aliases: {
          's1._domainkey.acme.example': 's1.domainkey.u441.wl9.sendgrid.net',
          's1._domainkey.other.example': 's1.domainkey.u441.wl9.sendgrid.net',
        },
      },
      '167.89.1.1',
      '167.89.1.2',
      true,
    ],
    [
      'a supplier at a hosting company is not his neighbour who forges',
      {
        ...own,
        lines: [
          ...gateways,
          '60.1.0.1 brand.example spf=brand.example! x2',
          '60.1.0.2 acme.example spf=acme.example! x90',
        ],
        names: { '60.1.0.1': 'srv.trainer.example', '60.1.0.2': 'vps2.host.example' },
      },
      '60.1.0.1',
      '60.1.0.2',
      false,
    ],
    [
      'subscribers, each of whom writes as the same domain of ours',
      {
        ...own,
        lines: [
          ...gateways,
          '61.1.0.1 acme.example spf=acme.example! x30',
          '61.1.0.2 acme.example spf=acme.example! x30',
        ],
        names: { '61.1.0.1': '61-1-0-1.glas.acme.example', '61.1.0.2': '61-1-0-2.glas.acme.example' },
      },
      '61.1.0.1',
      '61.1.0.2',
      true,
    ],
    [
      'a subscriber, and a machine in the same network that writes as several of our organizations',
      {
        ...own,
        lines: [
          ...gateways,
          '61.1.0.1 acme.example spf=acme.example! x30',
          '61.1.0.2 acme.example spf=acme.example! x30',
          '61.1.0.2 brand.example spf=brand.example! x20',
        ],
        names: { '61.1.0.1': '61-1-0-1.glas.acme.example', '61.1.0.2': '61-1-0-2.glas.acme.example' },
      },
      '61.1.0.1',
      '61.1.0.2',
      false,
    ],
  ];
  for (const [name, written, one, other, same] of cases)
    it(name, async () => {
      assert.equal(await together(written, one, other), same);
    });
});

describe('whose infrastructure it is', () => {
  const collector = {
    lines: [...gateways, '11.1.0.1 acme.example spf=acme.example x2'],
    declared: [{ sender: 'Incassia', domains: ['acme.example'], networks: ['11.1.0.0/28'] }],
  };
  const cases: readonly (readonly [name: string, written: Written, kind: string])[] = [
    [
      'a declared network that is called as the declared sender is his',
      { ...collector, networks: { '10.1.': 'ACME-AS', '11.1.': 'Incassia BV' } },
      'third',
    ],
    [
      'so is a rented machine that bears his name',
      {
        ...collector,
        networks: { '10.1.': 'ACME-AS', '11.1.': 'Rentrack' },
        names: { '11.1.0.1': 'vps.incassia.example' },
      },
      'third',
    ],
    [
      'machines with names of ours in a declared network are ours',
      { ...collector, networks: { '11.1.': 'Rentrack' }, names: { '11.1.0.1': 'mx.acme.example' } },
      'own',
    ],
    [
      'so is a network that was declared under a name of ours, whatever its machines are called',
      {
        lines: ['11.1.0.1 brand.example spf=brand.example x2'],
        declared: [{ sender: 'Brand gateways', domains: ['brand.example'], networks: ['11.1.0.0/28'] }],
        networks: { '11.1.': 'Rentrack' },
        names: { '11.1.0.1': 'vps.rentrack.example' },
      },
      'own',
    ],
    [
      'a declared network of which no name tells anything is taken for our own',
      { ...collector, networks: { '11.1.': 'Rentrack' } },
      'own',
    ],
  ];
  for (const [name, written, kind] of cases)
    it(name, async () => {
      assert.equal(streamsOf(await attributed({ ...own, ...written }), '11.1.0.1')[0]!.kind, kind);
    });
});

describe('mail with a null sender', () => {
  const cases: readonly (readonly [name: string, lines: readonly string[], streams: number])[] = [
    [
      'is one stream, however reporters tell the name that the machine greets with',
      [
        '10.1.0.1 brand.example env=<> helo=out1.acme.example x9',
        '10.1.0.1 brand.example helo=out1.acme.example x2',
        '10.1.0.1 brand.example bare=out1.acme.example x2',
        '10.1.0.1 brand.example env=out1.acme.example spf=out1.acme.example x2',
        '10.1.0.1 brand.example env=out1.acme.example x1',
        '10.1.0.2 brand.example env=<> helo=out2.acme.example x9',
        '10.1.0.2 brand.example env=out2.acme.example spf=out2.acme.example x2',
      ],
      1,
    ],
    [
      'is not told by what another address greets with',
      [
        '10.1.0.1 brand.example env=<> helo=out1.acme.example x9',
        '10.1.0.2 brand.example env=out1.acme.example spf=out1.acme.example x2',
      ],
      2,
    ],
    [
      'is another than what the machine sends as its name for the most part',
      [
        '10.1.0.1 brand.example env=<> helo=out1.acme.example x2',
        '10.1.0.1 brand.example env=out1.acme.example spf=out1.acme.example x9',
      ],
      2,
    ],
    [
      'is another than what a machine mails as itself',
      [
        '10.1.0.1 out1.acme.example env=<> helo=out1.acme.example x9',
        '10.1.0.1 out1.acme.example env=out1.acme.example spf=out1.acme.example x2',
      ],
      2,
    ],
  ];
  for (const [name, lines, streams] of cases)
    it(name, async () => {
      const { streams: found } = await attributed({
        ...own,
        lines: ['10.1.9.9 acme.example d=acme.example/mail spf=acme.example x50', ...lines],
        declared: [{ sender: 'Acme', domains: ['brand.example'], networks: ['10.1.0.0/24'] }],
      });
      assert.equal(found.length - 1, streams, JSON.stringify(found.map(({ name: called }) => called)));
    });
});

const several = [
  ...gateways,
  '167.89.1.1 brand.example d=sendgrid.net/smtpapi spf=sendgrid.net x20 every=30',
  '40.107.1.2 acme.example d=acme.example/selector1 spf=acme.example x3',
  '40.107.1.1 acme.example d=acme.example/mail spf=tenant.example x1',
  '11.1.0.1 acme.example d=acme.example/mail spf=acme.example! fwd x5',
  '10.1.7.1 acme.example spf=acme.example x2',
  '10.1.0.1 acme.example env=<> spf=mx.acme.example x1',
  ...nets(
    20,
    (net) =>
      `30.${net}.0.1 ${net % 2 === 0 ? 'acme' : 'brand'}.example spf=made-up-${net}.example! x3 days=${net}-${net + 20}`,
  ),
  ...nets(20, (net) => `31.${net}.0.1 acme.example d=acme.example/mail! spf=acme.example! x2`),
];

describe('whatever the rows', () => {
  const line = fc.constantFrom(...several);
  it('every combination is in exactly one stream, and the sums of the streams are those of the rows', () =>
    fc.assert(
      fc.asyncProperty(fc.uniqueArray(line, { minLength: 1 }), async (lines) => {
        const { streams, combinations, streamOf, kindOf, confidenceOf } = await attributed({ ...own, lines });
        const sums = streams.map(() => 0);
        const rows = streams.map(() => 0);
        for (let at = 0; at < combinations.length; at++) {
          sums[streamOf[at]!]! += combinations.messages[at]!;
          rows[streamOf[at]!]! += combinations.rows[at]!;
          assert.ok(kindOf[at]! < 6 && confidenceOf[at]! > 0 && confidenceOf[at]! <= 1);
        }
        assert.deepEqual(
          sums,
          streams.map(({ messages }) => messages),
        );
        assert.deepEqual(
          rows,
          streams.map((stream) => stream.rows),
        );
        assert.equal(new Set(streams.map(({ id }) => id)).size, streams.length);
        for (const { chances } of streams)
          assert.ok(Math.abs(Object.values(chances).reduce((a, b) => a + b, 0) - 1) < 1e-9);
      }),
      { numRuns: 40 },
    ));
  it('the order in which they come changes no stream and no kind', async () => {
    const expected = partition(await attributed({ ...own, lines: several }));
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(several, { minLength: several.length }), async (lines) => {
        assert.deepEqual(partition(await attributed({ ...own, lines })), expected);
      }),
      { numRuns: 25 },
    );
  });
  it('the order in which the history answers changes nothing at all', async () => {
    const history = historyOf(rowsOf(several));
    const told = (await attribute(history, evidenceOf(own))).streams;
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.nat()), async (dice) => {
        const shuffled: History = {
          dictionaries: () => history.dictionaries(),
          async ask<D extends Dimension, M extends Measure>(question: Question<D, M>): Promise<Columns<D, M>> {
            const columns = await history.ask(question);
            const places = [...Array(columns.length).keys()]
              .map((at) => [dice.next().value as number, at] as const)
              .sort(([one], [other]) => one - other);
            const entries = Object.entries(columns as Readonly<Record<string, Float64Array | number>>);
            return Object.fromEntries(
              entries.map(([name, values]) => [
                name,
                typeof values === 'number' ? values : values.map((_, place) => values[places[place]![1]]!),
              ]),
            ) as unknown as Columns<D, M>;
          },
        };
        assert.deepEqual((await attribute(shuffled, evidenceOf(own))).streams, told);
      }),
      { numRuns: 10 },
    );
  });
  it('streams keep their ids when a day is added', async () => {
    const before = await attributed({ ...own, lines: several });
    const known = before.found.map((found) => ({
      ...found,
      namedBy: null,
      mergedInto: null,
      pin: null,
      party: null,
      lostKeys: [],
    }));
    const after = await attributed({
      ...own,
      lines: [
        ...several,
        '10.1.0.3 acme.example d=acme.example/mail spf=acme.example x9 days=200-200',
        '77.7.0.1 acme.example spf=acme.example! x9 days=200-200',
      ],
      known,
    });
    for (const source of ['10.1.0.1', '40.107.1.2', '167.89.1.1', '11.1.0.1', '30.4.0.1'])
      assert.equal(streamsOf(after, source)[0]!.id, streamsOf(before, source)[0]!.id, source);
    assert.equal(streamsOf(after, '10.1.0.3')[0]!.id, streamsOf(before, '10.1.0.1')[0]!.id);
  });
});

describe('what nobody should send', () => {
  it('an empty history has no streams', async () => {
    const { streams, combinations } = await attribute(historyOf([]), evidenceOf({}));
    assert.deepEqual([streams.length, combinations.length], [0, 0]);
  });
  it('names that are no domains, NULs and empty texts are rows like any other', async () => {
    const odd = ['', '\0', 'a'.repeat(5000), '..', '-.-', 'ü.example', '<script>', '10.0.0.1', 'x\ny.example'];
    const rows = odd.flatMap((name) => [
      {
        day: 20_000,
        count: 3,
        source: '192.0.2.1',
        from: name,
        auth: {
          dkim: [{ domain: name, selector: name, result: 'pass' as const }],
          spf: [{ domain: name, result: 'pass' as const }],
        },
      },
      {
        day: 20_000,
        count: 3,
        source: 'X.X.X.X',
        from: 'acme.example',
        policyDomain: 'acme.example',
        envelope: name,
        auth: { dkim: [], spf: [] },
      },
      {
        day: -5,
        count: 0,
        source: '2001:db8::1',
        from: 'acme.example',
        auth: { dkim: [{ domain: name, result: 'fail' as const }], spf: [] },
      },
    ]);
    const { combinations, streams } = await attribute(historyOf(rows), evidenceOf({}));
    assert.equal(
      streams.reduce((sum, { messages }) => sum + messages, 0),
      combinations.messages.reduce((a, b) => a + b, 0),
    );
  });
  it('a hundred thousand envelopes that SPF does not pass are few streams', async () => {
    const count = 100_000;
    const inventory = await attribute(manyEnvelopes(count), evidenceOf({}));
    assert.equal(inventory.combinations.length, count);
    assert.ok(inventory.streams.length < 10, String(inventory.streams.length));
  });
});

/** Rows that differ by their envelope alone, from a hundred networks, as columns. */
function manyEnvelopes(count: number): History {
  const at = (of: (row: number) => number) => (Ints: new (length: number) => Float64Array | Int32Array) => {
    const values = new Ints(count);
    for (let row = 0; row < count; row++) values[row] = of(row);
    return values;
  };
  const dimensions: Partial<Record<Dimension, (row: number) => number>> = {
    source: (row) => 1 + (row % 5000),
    envelopeFrom: (row) => 2 + row,
    authorDomain: () => 1,
    policyDomain: () => 1,
    auth: (row) => 1 + row,
    day: (row) => 20_000 + (row % 90),
  };
  const measures: Partial<Record<Measure, (row: number) => number>> = {
    messages: () => 1,
    rows: () => 1,
    firstDay: (row) => 20_000 + (row % 90),
    lastDay: (row) => 20_000 + (row % 90),
  };
  return {
    ask<D extends Dimension, M extends Measure>(question: Question<D, M>): Promise<Columns<D, M>> {
      const columns: Record<string, unknown> = { length: count };
      for (const name of question.by) columns[name] = at(dimensions[name] ?? (() => 0))(Int32Array);
      for (const name of question.measures) columns[name] = at(measures[name] ?? (() => 0))(Float64Array);
      return Promise.resolve(columns as Columns<D, M>);
    },
    dictionaries: () =>
      Promise.resolve({
        address: (id) => `30.${id % 100}.${id % 250}.${id % 240}`,
        name: (id) => (id === 0 ? undefined : id === 1 ? 'acme.example' : `made-up-${id}.example`),
        reporter: () => undefined,
        auth: (id) => ({ dkim: [], spf: [{ domain: `made-up-${id + 1}.example`, result: 'fail' }] }),
        reasons: () => [],
      }),
  };
}
