import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { isAtOrBelow, isIn, networkOf, parseAddress } from '../../../standards/dns/index.ts';
import { senderCatalogue } from './catalogue.ts';
import type { SenderCatalogue } from './catalogue.ts';
import type { MatchStrength, Sender, SenderMatch } from './model.ts';

const shipped = senderCatalogue();

/** A match as a line: who, how much it says. */
function said(match: SenderMatch | undefined): string {
  return match === undefined ? 'nobody' : `${match.sender.id} ${match.strength}`;
}

/** A sender of a test: only what recognises it matters. */
function recognised(
  id: string,
  recognise: Partial<Sender['recognise']>,
  category: Sender['category'] = 'bulk',
): Sender {
  return {
    id,
    name: id,
    category,
    website: '',
    recognise: { dkim: [], spf: [], returnPath: [], reverse: [], ...recognise },
    shared: true,
    align: { spf: 'unknown', dkim: 'unknown', how: { en: '', nl: '' } },
    sources: [],
  };
}

type Who = `${string} ${MatchStrength}` | 'nobody';

describe('by signing domain and selector', () => {
  const cases: [domain: string, selector: string | undefined, expected: Who][] = [
    ['sendgrid.net', undefined, 'sendgrid service'],
    ['SendGrid.NET.', 's1', 'sendgrid service'],
    ['notsendgrid.net', undefined, 'nobody'],
    ['sendgrid.net.example.org', undefined, 'nobody'],
    ['example-org.20230601.gappssmtp.com', '20230601', 'google-workspace service'],
    ['contoso.onmicrosoft.com', 'selector2-contoso-onmicrosoft-com', 'microsoft-365 service'],
    ['gmail.com', '20230601', 'gmail service'],
    ['pm.mtasv.net', 'pm', 'postmark service'],
    ['amazonses.com', 'ug7nbtf4gccmlpwj322ax3p6ow6yfsug', 'amazon-ses service'],
    // Under the customer's own domain only the selector tells, and it is no more than a habit.
    ['example.nl', 'selector1', 'microsoft-365 habit'],
    ['example.nl', 'google', 'google-workspace habit'],
    ['example.nl', '20231104093012pm', 'postmark habit'],
    ['example.nl', '2023pm', 'nobody'],
    ['example.nl', 'scph0819', 'sparkpost habit'],
    ['example.nl', 'scph', 'nobody'],
    ['example.nl', 'awbr2rp4egb35wbg4umq4e5dcoe5kc4n', 'amazon-ses habit'],
    ['example.nl', '0123456789abcdef0123456789abcdef', 'nobody'],
    ['example.nl', 'hs1-8674309', 'hubspot habit'],
    ['example.nl', 'TransIP-A', 'transip habit'],
    ['example.nl', 'MBO0003', 'mailbox-org habit'],
    ['example.nl', 'ovhmo3548122-selector1', 'ovhcloud habit'],
    // Names that many use say nothing.
    ['example.nl', 's1', 'nobody'],
    ['example.nl', 'k1', 'nobody'],
    ['example.nl', 'default', 'nobody'],
    ['example.nl', undefined, 'nobody'],
    ['', '', 'nobody'],
  ];
  for (const [domain, selector, expected] of cases) {
    it(`${domain} ${selector ?? ''} → ${expected}`, () =>
      assert.equal(said(shipped.byDkim(domain, selector)), expected));
  }
});

describe('by envelope', () => {
  const cases: [domain: string, expected: Who][] = [
    ['eu-west-1.amazonses.com', 'amazon-ses service'],
    ['bnc3.mailjet.com', 'mailjet service'],
    ['mail123.atl71.mcdlv.net', 'mailchimp service'],
    ['bf05x.hubspotemail.net', 'hubspot service'],
    ['pm-bounces.example.nl', 'postmark habit'],
    ['pm-bounces.nl', 'nobody'],
    ['em1234.example.nl', 'nobody'],
    ['example.nl', 'nobody'],
  ];
  for (const [domain, expected] of cases) {
    it(`${domain} → ${expected}`, () => assert.equal(said(shipped.byEnvelope(domain)), expected));
  }
});

describe('by reverse name: a service, or only a place', () => {
  const cases: [name: string, expected: Who][] = [
    ['a8-50.smtp-out.amazonses.com', 'amazon-ses service'],
    ['ec2-52-1-2-3.eu-west-1.compute.amazonaws.com', 'aws place'],
    ['mail-wm1-f45.google.com', 'google-workspace service'],
    ['4.3.2.1.bc.googleusercontent.com', 'google-cloud place'],
    ['mail-am6eur05on2040.outbound.protection.outlook.com', 'microsoft-365 service'],
    ['vm1.westeurope.cloudapp.azure.com', 'azure place'],
    ['mo4-p00-ob.smtp.rzone.de', 'strato service'],
    ['h2345.stratoserver.net', 'strato place'],
    ['static.1.2.3.4.clients.your-server.de', 'hetzner place'],
    ['3.mo4.mail-out.ovh.net', 'ovhcloud service'],
    ['vps-1a2b3c4d.vps.ovh.net', 'ovhcloud place'],
    ['smtpq2.tb.mail.iss.as9143.net', 'ziggo service'],
    ['84-104-1-2.cable.dynamic.v4.ziggo.nl', 'ziggo place'],
    ['mta-65-226.siemens.flowmailer.net', 'flowmailer service'],
    ['s1-ba86.socketlabs.email-od.com', 'socketlabs service'],
    ['ip-92-204-1-2.ip.secureserver.net', 'godaddy place'],
    ['mail.example.nl', 'nobody'],
  ];
  for (const [name, expected] of cases) {
    it(`${name} → ${expected}`, () => assert.equal(said(shipped.byReverse(name)), expected));
  }
});

describe('by include, CNAME, autonomous system and address', () => {
  const cases: [how: string, match: SenderMatch | undefined, expected: Who][] = [
    ['include', shipped.byInclude('spf.protection.outlook.com'), 'microsoft-365 service'],
    ['include', shipped.byInclude('_spf.google.com'), 'google-workspace service'],
    ['include', shipped.byInclude('google.com'), 'nobody'],
    ['include', shipped.byInclude('spf-00a1b2c3.pphosted.com'), 'proofpoint service'],
    ['include', shipped.byInclude('u1234567.wl123.sendgrid.net'), 'sendgrid service'],
    ['include', shipped.byInclude('eu._netblocks.mimecast.com'), 'mimecast service'],
    ['include', shipped.byInclude('8675309.spf04.hubspotemail.net'), 'hubspot service'],
    ['include', shipped.byInclude('example.nl.spf.auto.dnssmarthost.net'), 'siteground service'],
    ['CNAME', shipped.byCname('abc.dkim.amazonses.com'), 'amazon-ses service'],
    ['CNAME', shipped.byCname('sf1.usm6gl.custdkim.salesforce.com'), 'salesforce service'],
    ['CNAME', shipped.byCname('selector1-example-nl._domainkey.contoso.onmicrosoft.com'), 'microsoft-365 service'],
    ['CNAME', shipped.byCname('b1.example-nl.dkim.brevo.com.'), 'brevo service'],
    ['AS', shipped.byAsn(11377), 'sendgrid service'],
    ['AS', shipped.byAsn(16509), 'aws place'],
    ['AS', shipped.byAsn(24940), 'hetzner place'],
    ['AS', shipped.byAsn(1136), 'kpn place'],
    ['AS', shipped.byAsn(64496), 'nobody'],
    ['address', shipped.byAddress('40.107.22.1'), 'microsoft-365 service'],
    ['address', shipped.byAddress('::ffff:209.85.221.41'), 'google-workspace service'],
    ['address', shipped.byAddress('2a00:1450:4864:20::334'), 'google-workspace service'],
    ['address', shipped.byAddress('192.0.2.1'), 'nobody'],
    ['address', shipped.byAddress('no address'), 'nobody'],
  ];
  for (const [at, [how, match, expected]] of cases.entries()) {
    it(`${at}: ${how} → ${expected}`, () => assert.equal(said(match), expected));
  }
  it('a match tells which entry it was', () => {
    assert.equal(shipped.byReverse('o1.x.sendgrid.net')?.entry, 'sendgrid.net');
    assert.equal(shipped.byDkim('example.nl', 'scph0819')?.entry, 'scph####');
    assert.equal(shipped.byAsn(11377)?.entry, 'AS11377');
    assert.equal(shipped.byAddress('40.107.22.1')?.entry, '40.107.0.0/16');
  });
  it('by id', () => {
    assert.equal(shipped.byId('laposta')?.name, 'Laposta');
    assert.equal(shipped.byId('nobody'), undefined);
  });
});

describe('entries of one’s own', () => {
  const own = senderCatalogue({
    own: [
      { id: 'sendgrid', recognise: { networks: ['198.51.100.0/28'], reverse: ['mail.agency.example'] }, shared: false },
      { id: 'agency', name: 'The agency', recognise: { dkim: ['agency.example', 'mailgun.org'], selectors: ['ag#'] } },
    ],
  });
  it('add to a shipped sender', () => {
    assert.equal(said(own.byAddress('198.51.100.3')), 'sendgrid service');
    assert.equal(said(own.byReverse('mx1.mail.agency.example')), 'sendgrid service');
    assert.equal(said(own.byAsn(11377)), 'sendgrid service');
    const sender = own.byId('sendgrid');
    assert.equal(sender?.shared, false);
    assert.equal(sender?.name, 'Twilio SendGrid');
    assert.ok(sender?.recognise.dkim.includes('sendgrid.net'));
    assert.equal(own.byAddress('198.51.100.3')?.sender, sender);
  });
  it('are senders more, and come before the shipped ones', () => {
    assert.equal(said(own.byDkim('agency.example')), 'agency service');
    assert.equal(said(own.byDkim('mailgun.org')), 'agency service');
    assert.equal(said(own.byDkim('example.nl', 'ag7')), 'agency habit');
    assert.equal(said(shipped.byDkim('mailgun.org')), 'mailgun service');
  });
  it('say the most cautious thing where nothing was said', () => {
    const agency = own.byId('agency');
    assert.equal(agency?.shared, true);
    assert.equal(agency?.align.spf, 'unknown');
    assert.ok((agency?.align.how.nl.length ?? 0) > 60);
  });
  it('an imported sender comes after a shipped one', () => {
    const both = senderCatalogue({
      imported: [recognised('map-x', { reverse: ['sendgrid.net', 'unheard.example'] })],
    });
    assert.equal(said(both.byReverse('o1.sendgrid.net')), 'sendgrid service');
    assert.equal(said(both.byReverse('a.unheard.example')), 'map-x service');
  });
});

describe('the indexes say what a look through the whole list would', () => {
  const label = fc.constantFrom('a', 'b', 'mail', 'x1');
  const name = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.'));
  it('names: the longest entry at or above wins', () => {
    fc.assert(
      fc.property(fc.uniqueArray(name, { maxLength: 8 }), name, (entries, asked) => {
        const catalogue: SenderCatalogue = senderCatalogue({
          shipped: entries.map((entry, at) => recognised(`s-${at}`, { reverse: [entry] })),
        });
        const longest = entries
          .filter((entry) => isAtOrBelow(asked, entry))
          .sort((one, other) => other.length - one.length)[0];
        assert.equal(catalogue.byReverse(asked)?.entry, longest);
      }),
    );
  });
  it('addresses: the longest network that holds it wins', () => {
    const network = fc
      .tuple(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 26, max: 32 }))
      .map(([host, length]) => `192.0.2.${networkOf(parseAddress(`192.0.2.${host}`)!, length).a & 255}/${length}`);
    fc.assert(
      fc.property(fc.uniqueArray(network, { maxLength: 8 }), fc.integer({ min: 0, max: 15 }), (networks, host) => {
        const catalogue = senderCatalogue({
          shipped: networks.map((each, at) => recognised(`s-${at}`, { networks: [each] })),
        });
        const address = parseAddress(`192.0.2.${host}`)!;
        const holding = networks
          .filter((each) => isIn(address, networkOf(parseAddress(each.split('/')[0]!)!, Number(each.split('/')[1]))))
          .sort((one, other) => Number(other.split('/')[1]) - Number(one.split('/')[1]))[0];
        assert.equal(catalogue.byAddress(`192.0.2.${host}`)?.entry, holding);
      }),
    );
  });
});
