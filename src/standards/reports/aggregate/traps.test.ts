import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readAggregateReport } from './index.ts';
import type { Limits, ReportSummary, Row } from './index.ts';
import { recordXml, reportXml } from '../../../../test/reports/sample.ts';

// What reporters really send, and what it means here: each a report, whole but for the one thing.

const encoder = new TextEncoder();
const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const utf16 = (text: string, big: boolean, mark: boolean): Uint8Array => {
  const marked = (mark ? '\uFEFF' : '') + text;
  const units = Array.from({ length: marked.length }, (_, at) => marked.charCodeAt(at));
  return Uint8Array.from(units.flatMap((unit) => (big ? [unit >> 8, unit & 255] : [unit & 255, unit >> 8])));
};

interface Expected {
  /** Codes of the repairs, without their area, with how often when that is more than once: `letter-case*5`. */
  readonly repaired?: readonly string[];
  readonly messages?: number;
  readonly rows?: number;
  readonly summary?: (summary: ReportSummary) => unknown;
  readonly row?: (row: Row, all: readonly Row[]) => unknown;
  /** What `summary` and `row` have to give. */
  readonly is?: unknown;
  /** The code of the refusal, without its area. */
  readonly refused?: string;
  readonly limits?: Partial<Limits>;
}

type Case = [name: string, report: Uint8Array | string, expected: Expected];

function check([name, report, expected]: Case): void {
  it(name, () => {
    const bytes = typeof report === 'string' ? encoder.encode(report) : report;
    const { reading, rows } = readAggregateReport(
      bytes,
      expected.limits === undefined ? {} : { limits: expected.limits },
    );
    if (expected.refused !== undefined) {
      assert.equal(reading.ok ? 'read' : reading.problems[0]?.code, `reports/${expected.refused}`);
      assert.deepEqual(rows, []);
      return;
    }
    assert.ok(reading.ok, reading.problems[0]?.code);
    const { value } = reading;
    const repaired = value.repaired.map(
      ({ code, times }) => code.slice('reports/'.length) + (times === 1 ? '' : `*${times}`),
    );
    assert.deepEqual(repaired.sort(), [...(expected.repaired ?? [])].sort());
    for (const repair of value.repaired) assert.ok(repair.at !== undefined && repair.see !== undefined, repair.code);
    assert.equal(value.messages, expected.messages ?? 3);
    assert.equal(value.rows, expected.rows ?? 1);
    assert.equal(rows.length, value.rows);
    if (expected.summary !== undefined) assert.deepEqual(expected.summary(value), expected.is);
    if (expected.row !== undefined) assert.deepEqual(expected.row(rows[0]!, rows), expected.is);
  });
}

const one = (parts: Parameters<typeof recordXml>[0]): string => reportXml({ records: [recordXml(parts)] });

describe('a plain report', () => {
  const cases: Case[] = [
    ['is read without a repair', reportXml(), {}],
    ['minified', reportXml().replace(/>\s+</g, '><'), {}],
    ['with CRLF and tabs', reportXml().replaceAll('\n', '\r\n\t'), {}],
    [
      'says what its row says',
      reportXml(),
      {
        row: (row) => row,
        is: {
          source: '192.0.2.1',
          count: 3,
          disposition: 'none',
          dkim: 'pass',
          spf: 'fail',
          reasons: [],
          headerFrom: 'example.com',
          authResults: {
            dkim: [{ domain: 'example.com', selector: 's1', result: 'pass' }],
            spf: [{ domain: 'bounce.example.net', scope: 'mfrom', result: 'pass' }],
          },
        },
      },
    ],
    [
      'says what its head says, RFC 7489',
      reportXml({
        metadata:
          '<extra_contact_info>https://receiver.example/</extra_contact_info><error>first</error><error>second</error>',
        policy:
          '<policy_published><domain>Example.COM</domain><adkim>s</adkim><aspf>r</aspf><p>reject</p><sp>quarantine</sp><pct>50</pct><fo>1:d</fo></policy_published>',
      }),
      {
        summary: ({ repaired, ...rest }) => (repaired.length === 0 ? rest : repaired),
        is: {
          generation: 'rfc7489',
          version: '1.0',
          metadata: {
            orgName: 'Receiver',
            email: 'dmarc@receiver.example',
            extraContactInfo: 'https://receiver.example/',
            reportId: 'r1',
            dateRange: { begin: 1767225600, end: 1767311999 },
            errors: ['first', 'second'],
          },
          policyPublished: {
            domain: 'example.com',
            adkim: 's',
            aspf: 'r',
            p: 'reject',
            sp: 'quarantine',
            pct: 50,
            fo: '1:d',
          },
          extensions: [],
          rows: 1,
          messages: 3,
        },
      },
    ],
    [
      'says what its head says, RFC 9990',
      reportXml({
        open: '<feedback xmlns="urn:ietf:params:xml:ns:dmarc-2.0">',
        metadata:
          '<extra_contact_info lang="nl">bel ons</extra_contact_info><error lang="fr">oups</error><generator>Maker 1.2</generator>',
        policy:
          '<policy_published><domain>example.com</domain><p>reject</p><np>reject</np><testing>y</testing><discovery_method>treewalk</discovery_method></policy_published><extension><x:a xmlns:x="urn:x"><x:b n="1"/></x:a></extension>',
      }),
      {
        summary: ({ repaired, ...rest }) => (repaired.length === 0 ? rest : repaired),
        is: {
          generation: 'rfc9990',
          namespace: 'urn:ietf:params:xml:ns:dmarc-2.0',
          version: '1.0',
          metadata: {
            orgName: 'Receiver',
            email: 'dmarc@receiver.example',
            extraContactInfo: 'bel ons',
            extraContactInfoLang: 'nl',
            reportId: 'r1',
            dateRange: { begin: 1767225600, end: 1767311999 },
            errors: ['oups'],
            errorLang: 'fr',
            generator: 'Maker 1.2',
          },
          policyPublished: {
            domain: 'example.com',
            p: 'reject',
            np: 'reject',
            testing: 'y',
            discoveryMethod: 'treewalk',
          },
          extensions: [{ name: 'a', namespace: 'urn:x', xml: '<x:a xmlns:x="urn:x"><x:b n="1"/></x:a>' }],
          rows: 1,
          messages: 3,
        },
      },
    ],
    [
      'keeps the extensions of a row, and whose they are',
      reportXml({
        open: '<feedback xmlns="urn:ietf:params:xml:ns:dmarc-2.0" xmlns:y="urn:y">',
        records: [
          recordXml(),
          recordXml({ more: '<y:one>1</y:one><two xmlns="urn:z"><count>7</count></two>' }),
          recordXml(),
        ],
      }),
      {
        rows: 3,
        messages: 9,
        row: (_, all) => all.map((row) => row.extensions),
        is: [
          undefined,
          [
            { name: 'one', namespace: 'urn:y', xml: '<y:one>1</y:one>' },
            { name: 'two', namespace: 'urn:z', xml: '<two xmlns="urn:z"><count>7</count></two>' },
          ],
          undefined,
        ],
      },
    ],
    [
      'keeps the extensions of the draft',
      one({ more: '<extensions><extension name="e" definition="urn:e"><data>1</data></extension></extensions>' }),
      {
        repaired: ['draft-extensions'],
        row: (row) => row.extensions,
        is: [{ name: 'extension', xml: '<extension name="e" definition="urn:e"><data>1</data></extension>' }],
      },
    ],
    [
      'keeps reasons, human results and their languages',
      one({
        reasons:
          '<reason><type>mailing_list</type><comment lang="de">Liste</comment></reason><reason><type>policy_test_mode</type></reason>',
        auth: '<auth_results><dkim><domain>a.example</domain><selector>x</selector><result>fail</result><human_result lang="en">bad &amp; ugly</human_result></dkim><spf><domain>b.example</domain><result>policy</result><human_result>odd</human_result></spf></auth_results>',
      }),
      {
        row: ({ reasons, authResults }) => ({ reasons, authResults }),
        is: {
          reasons: [{ type: 'mailing_list', comment: 'Liste', commentLang: 'de' }, { type: 'policy_test_mode' }],
          authResults: {
            dkim: [
              { domain: 'a.example', selector: 'x', result: 'fail', humanResult: 'bad & ugly', humanResultLang: 'en' },
            ],
            spf: [{ domain: 'b.example', result: 'policy', humanResult: 'odd' }],
          },
        },
      },
    ],
    [
      'policy_test_mode is of RFC 9990 only',
      one({ reasons: '<reason><type>policy_test_mode</type></reason>' }),
      { summary: ({ generation }) => generation, is: 'rfc9990' },
    ],
    [
      'np alone is not of RFC 9990 (RFC 9091 had it)',
      reportXml({
        policy: '<policy_published><domain>example.com</domain><p>none</p><np>none</np></policy_published>',
      }),
      { summary: ({ generation, policyPublished }) => [generation, policyPublished.np], is: ['rfc7489', 'none'] },
    ],
  ];
  cases.forEach(check);
});

describe('traps of XML', () => {
  const cases: Case[] = [
    ['no declaration', reportXml({ declaration: '' }), {}],
    ['a declaration without a newline', reportXml({ declaration: '<?xml version="1.0"?>' }), {}],
    [
      'a stray quote after the declaration',
      reportXml({ declaration: '<?xml version="1.0"?>"\n' }),
      { repaired: ['text-before-root'] },
    ],
    [
      'a declaration that ends like a tag',
      reportXml({ declaration: '<?xml version="1.0">\n' }),
      { repaired: ['bad-declaration'] },
    ],
    ['a blank line before the declaration', `\n${reportXml()}`, { repaired: ['bad-declaration'] }],
    [
      'an unclosed schema around it',
      reportXml({
        open: '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://dmarc.org/dmarc-xml/0.1">\n<feedback>',
      }),
      { repaired: ['unclosed-schema'] },
    ],
    [
      'a schema around it',
      reportXml({
        open: '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">\n<feedback>',
        close: '</feedback></xs:schema>',
      }),
      {},
    ],
    [
      'namespace dmarc-2.0',
      reportXml({ open: '<feedback xmlns="urn:ietf:params:xml:ns:dmarc-2.0">' }),
      { summary: (s) => [s.generation, s.namespace], is: ['rfc9990', 'urn:ietf:params:xml:ns:dmarc-2.0'] },
    ],
    [
      'namespace dmarc-xml/0.1',
      reportXml({ open: '<feedback xmlns="http://dmarc.org/dmarc-xml/0.1">' }),
      { summary: (s) => [s.generation, s.namespace], is: ['rfc7489', 'http://dmarc.org/dmarc-xml/0.1'] },
    ],
    [
      'a namespace nobody knows',
      reportXml({ open: '<feedback xmlns="http://example.org/made-up">' }),
      { summary: (s) => [s.generation, s.namespace], is: ['rfc7489', 'http://example.org/made-up'] },
    ],
    [
      'a prefix on every element',
      reportXml({ open: '<d:feedback xmlns:d="urn:ietf:params:xml:ns:dmarc-2.0">', close: '</d:feedback>' }).replace(
        /<(\/?)(?=[a-z])(?!d:)/g,
        '<$1d:',
      ),
      { summary: (s) => s.generation, is: 'rfc9990' },
    ],
    [
      'a prefix on the root only',
      reportXml({ open: '<d:feedback xmlns:d="urn:ietf:params:xml:ns:dmarc-2.0">', close: '</d:feedback>' }),
      { summary: (s) => s.generation, is: 'rfc9990' },
    ],
    [
      'a prefix nobody declared',
      reportXml({ open: '<d:feedback>', close: '</d:feedback>' }),
      { repaired: ['unbound-prefix'] },
    ],
    [
      'a default namespace taken back in a record',
      reportXml({
        open: '<feedback xmlns="urn:ietf:params:xml:ns:dmarc-2.0">',
        records: [recordXml(), recordXml().replace('<record>', '<record xmlns="">'), recordXml()],
      }),
      { rows: 3, messages: 9 },
    ],
    [
      'schema instance attributes',
      reportXml({
        open: '<feedback xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation=\'rua.xsd\'>',
      }),
      {},
    ],
    [
      'comments and instructions anywhere',
      reportXml({
        open: '<!-- a > b --><?go there?><feedback><!-- <record> -->',
        close: '<?end?></feedback><!-- after -->',
      }),
      {},
    ],
    ['a comment with two hyphens', reportXml({ version: '<!-- a -- b -->' }), { repaired: ['bad-comment'] }],
    ['a comment that ends with three', reportXml({ version: '<!-- a --->' }), { repaired: ['bad-comment'] }],
    [
      'a comment that may have swallowed a row',
      reportXml({ records: [recordXml(), '<!-- ', recordXml(), '<!-- x -->', recordXml()] }),
      { refused: 'bad-markup' },
    ],
    [
      'an instruction that may have swallowed a row',
      reportXml({ records: [recordXml(), '<? ', recordXml(), ' ?>', recordXml()] }),
      { refused: 'bad-markup' },
    ],
    ['an instruction without a name', reportXml({ version: '<? x ?>' }), { repaired: ['bad-declaration'] }],
    [
      'HTML in an org_name',
      reportXml({ orgName: '<b>A</b>' }),
      { repaired: ['unescaped-markup'], summary: (s) => s.metadata.orgName, is: '<b>A</b>' },
    ],
    ['a closing tag of nothing in an org_name', reportXml({ orgName: 'A</b>' }), { refused: 'markup-in-value' }],
    ['a comment inside a value', one({ count: '<!-- four -->4' }), { messages: 4 }],
    [
      'CDATA',
      one({
        source: '<![CDATA[192.0.2.9]]>',
        identifiers: '<identifiers><header_from><![CDATA[example]]>.com</header_from></identifiers>',
      }),
      { row: (r) => [r.source, r.headerFrom], is: ['192.0.2.9', 'example.com'] },
    ],
    [
      'CDATA is not looked into',
      reportXml({ orgName: '<![CDATA[A <b> &amp; C]]>' }),
      { summary: (s) => s.metadata.orgName, is: 'A <b> &amp; C' },
    ],
    [
      'the five entities',
      reportXml({ orgName: '&lt;A&gt; &amp; &quot;B&quot; &apos;C&apos;' }),
      { summary: (s) => s.metadata.orgName, is: '<A> & "B" \'C\'' },
    ],
    ['character references', one({ count: '&#49;&#x32;' }), { messages: 12 }],
    [
      'a reference to no character',
      reportXml({ orgName: 'A&#0;B&#xD800;C' }),
      { repaired: ['bad-character'], summary: (s) => s.metadata.orgName, is: 'A\uFFFDB\uFFFDC' },
    ],
    [
      'an ampersand by itself',
      reportXml({ orgName: 'AT&T & Co' }),
      { repaired: ['bare-ampersand'], summary: (s) => s.metadata.orgName, is: 'AT&T & Co' },
    ],
    [
      'an entity nobody defined stays as it is',
      reportXml({ orgName: 'caf&eacute;' }),
      { repaired: ['bare-ampersand'], summary: (s) => s.metadata.orgName, is: 'caf&eacute;' },
    ],
    [
      'a document type without a subset',
      reportXml({ declaration: '<?xml version="1.0"?><!DOCTYPE feedback SYSTEM "rua.dtd">' }),
      { repaired: ['doctype'] },
    ],
    [
      'a document type that defines entities',
      reportXml({ declaration: '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]>', orgName: '&lol2;' }),
      { refused: 'dtd' },
    ],
    [
      'angle brackets in org_name and email',
      reportXml({ orgName: '<>', email: '<bad@x>' }),
      {
        repaired: ['unescaped-markup*2'],
        summary: (s) => [s.metadata.orgName, s.metadata.email],
        is: ['<>', '<bad@x>'],
      },
    ],
    [
      'an angle bracket in a name',
      one({ identifiers: '<identifiers><header_from>bad<xml.net</header_from></identifiers>' }),
      { refused: 'markup-in-value' },
    ],
    [
      'an address in brackets for a name',
      one({
        identifiers:
          '<identifiers><header_from>example.com</header_from><envelope_from> <b@Mail.Example.com> </envelope_from></identifiers>',
      }),
      {
        repaired: ['unescaped-markup', 'address-for-domain', 'white-space'],
        row: (r) => r.envelopeFrom,
        is: 'mail.example.com',
      },
    ],
    ['markup in a count is not guessed at', one({ count: '1<b>2</b>' }), { refused: 'markup-in-value' }],
    [
      'elements in another order',
      reportXml()
        .replace(/( *<version>.*<\/version>\n)([\s\S]*)(<\/feedback>)/, '$2$1$3')
        .replace(/( *<row>[\s\S]*<\/row>\n)([\s\S]*)( *<\/record>)/, '$2$1$3'),
      {},
    ],
    ['text between elements', reportXml({ version: '<version>1.0</version>11' }), { repaired: ['stray-text'] }],
    [
      'identities for identifiers',
      one({ identifiers: '<identities><header_from>a.example.com</header_from></identities>' }),
      { repaired: ['identities'], row: (r) => r.headerFrom, is: 'a.example.com' },
    ],
    [
      'elements nobody knows',
      reportXml({ metadata: '<foo><bar>1</bar></foo><baz/>', records: [recordXml({ more: '<foo/>' })] }),
      {
        repaired: ['unknown-element*3'],
        summary: (s) => s.repaired[0]?.values,
        is: { elements: 'feedback/report_metadata/foo, feedback/report_metadata/baz, feedback/record/foo' },
      },
    ],
    [
      'self-closing elements',
      one({
        reasons: '<reason/>',
        identifiers: '<identifiers><header_from>example.com</header_from><envelope_from/></identifiers>',
        auth: '<auth_results/>',
      }),
      {
        repaired: ['empty-reason'],
        row: (r) => [r.envelopeFrom, r.reasons, r.authResults],
        is: ['', [], { dkim: [], spf: [] }],
      },
    ],
    [
      'records inside something nobody knows',
      reportXml({ records: ['<records>', recordXml(), '</records>'] }),
      { refused: 'misplaced-element' },
    ],
    [
      'a record in capitals',
      reportXml({ records: [recordXml(), recordXml().replace(/<(\/?)record>/g, '<$1Record>')] }),
      { refused: 'misplaced-element' },
    ],
    ['text after the end', `${reportXml()}\0\0 bye`, { repaired: ['text-after-root'] }],
    ['a second report behind the first', reportXml() + reportXml(), { refused: 'markup-after-root' }],
    ['an end that stops in its own tag', reportXml({ close: '</feedb' }), { repaired: ['unfinished-root'] }],
    ['no end', reportXml({ close: '' }), { refused: 'truncated' }],
    ['cut off in a record', reportXml().slice(0, 700), { refused: 'truncated' }],
    ['cut off in a text', reportXml().slice(0, reportXml().indexOf('mfrom') + 2), { refused: 'truncated' }],
    ['cut off before the report', '<?xml version="1.0"?><feedb', { refused: 'truncated' }],
    ['no bytes', '', { refused: 'empty' }],
    ['white space', ' \n', { refused: 'empty' }],
    ['unused', 'unused', { refused: 'empty' }],
    ['a declaration and nothing else', '<?xml version="1.0"?>\n', { refused: 'empty' }],
    ['no XML', 'This report intentionally left blank.', { refused: 'not-xml' }],
    ['HTML', '<html><body>Not found</body></html>', { refused: 'not-a-report' }],
    ['a lost closing tag', reportXml().replace('</count>', ''), { refused: 'unclosed-element' }],
    ['a lost opening tag', reportXml().replace('<count>', ''), { refused: 'tag-mismatch' }],
    [
      'a lost record boundary',
      reportXml({ records: [recordXml(), recordXml()] }).replace(/<\/record>\s*<record>/, ''),
      { refused: 'repeated-section' },
    ],
    ['a tag that is none', reportXml().replace('<row>', '<row a=b>'), { refused: 'bad-markup' }],
    ['an empty feedback', '<feedback/>', { refused: 'missing-date' }],
  ];
  cases.forEach(check);
});

describe('traps of charsets', () => {
  const org = (declaration: string, name: string): string => reportXml({ declaration, orgName: name });
  const name = (s: ReportSummary): unknown => s.metadata.orgName;
  const cases: Case[] = [
    ['UTF-8 with a byte order mark', `\uFEFF${reportXml({ orgName: 'Café' })}`, { summary: name, is: 'Café' }],
    [
      'UTF-16 little endian',
      utf16(org('<?xml version="1.0" encoding="utf-16"?>', 'Café'), false, true),
      { summary: name, is: 'Café' },
    ],
    [
      'UTF-16 big endian',
      utf16(org('<?xml version="1.0" encoding="utf-16"?>', 'Café'), true, true),
      { summary: name, is: 'Café' },
    ],
    [
      'UTF-16 without a mark',
      utf16(org('<?xml version="1.0"?>', 'Café'), false, false),
      { repaired: ['encoding'], summary: name, is: 'Café' },
    ],
    [
      'UTF-8 declared as UTF-16',
      org('<?xml version="1.0" encoding="utf-16"?>', 'Café'),
      { repaired: ['encoding'], summary: name, is: 'Café' },
    ],
    [
      'Latin-1, declared',
      latin1(org('<?xml version="1.0" encoding="ISO-8859-1"?>', 'Caf\xe9')),
      { summary: name, is: 'Café' },
    ],
    [
      'windows-1252, declared',
      latin1(org('<?xml version="1.0" encoding="windows-1252"?>', '\x93A\x94')),
      { summary: name, is: '“A”' },
    ],
    ['byte 0x91 in UTF-8', latin1(org('', '\x91A\x92')), { repaired: ['bad-utf8'], summary: name, is: '‘A’' }],
    ['Latin-1 beside UTF-8', latin1(org('', '\xc3\xa9\xe9')), { repaired: ['bad-utf8'], summary: name, is: 'éé' }],
    ['an encoding nobody knows', org('<?xml version="1.0" encoding="x-made-up"?>', 'A'), { repaired: ['encoding'] }],
    ['U+FFFD', org('', 'Caf\uFFFD'), { repaired: ['replacement-character'], summary: name, is: 'Caf\uFFFD' }],
    ['NUL in a text', org('', 'A\0B'), { repaired: ['bad-character'], summary: name, is: 'A\uFFFDB' }],
    [
      'a bad byte in a domain makes no other domain of it',
      latin1(one({ identifiers: '<identifiers><header_from>b\xfccher.example</header_from></identifiers>' })),
      { repaired: ['bad-utf8', 'bad-name', 'other-domain'], row: (r) => r.headerFrom, is: 'bücher.example' },
    ],
    [
      'a U-label in UTF-8',
      one({ identifiers: '<identifiers><header_from>Bücher.example.com</header_from></identifiers>' }),
      { row: (r) => r.headerFrom, is: 'xn--bcher-kva.example.com' },
    ],
  ];
  cases.forEach(check);
});

describe('traps of values', () => {
  const auth = (dkim: string, spf: string): string =>
    `<auth_results><dkim><domain>a.example</domain><result>${dkim}</result></dkim><spf><domain>b.example</domain><result>${spf}</result></spf></auth_results>`;
  const results = (row: Row): unknown => [row.authResults.dkim[0]?.result, row.authResults.spf[0]?.result];
  const evaluated = (row: Row): unknown => [row.disposition, row.dkim, row.spf];
  const source = (row: Row): unknown => row.source;
  const range = (s: ReportSummary): unknown => s.metadata.dateRange;
  const dates = (begin: string, end: string): string =>
    reportXml({ dates: `<date_range><begin>${begin}</begin><end>${end}</end></date_range>` });
  const from = (xml: string): string =>
    one({ identifiers: `<identifiers><header_from>example.com</header_from>${xml}</identifiers>` });
  const sender = (row: Row): unknown => row.envelopeFrom;
  const count = (row: Row): unknown => row.count;
  const cases: Case[] = [
    [
      'Pass, None, FAIL',
      one({ disposition: 'None', dkim: 'Pass', spf: 'FAIL', auth: auth('Pass', 'SoftFail') }),
      {
        repaired: ['letter-case*5'],
        row: (r) => [evaluated(r), results(r)],
        is: [
          ['none', 'pass', 'fail'],
          ['pass', 'softfail'],
        ],
      },
    ],
    [
      'hardfail is fail',
      one({ auth: auth('hardfail', 'hardfail') }),
      { repaired: ['synonym*2'], row: results, is: ['fail', 'fail'] },
    ],
    [
      'unknown is temperror, error is permerror',
      one({ auth: auth('unknown', 'error') }),
      { repaired: ['synonym*2'], row: results, is: ['temperror', 'permerror'] },
    ],
    ['softfail stays softfail', one({ auth: auth('none', 'softfail') }), { row: results, is: ['none', 'softfail'] }],
    [
      'a raw result that is no pass is no aligned pass',
      one({ dkim: 'none', spf: 'softfail' }),
      { repaired: ['raw-result*2'], row: evaluated, is: ['none', 'fail', 'fail'] },
    ],
    [
      'disposition pass does not become none',
      one({ disposition: 'pass' }),
      { row: evaluated, is: ['pass', 'pass', 'fail'] },
    ],
    [
      'a disposition nobody knows',
      one({ disposition: 'delivered' }),
      { repaired: ['unknown-value'], row: evaluated, is: [undefined, 'pass', 'fail'] },
    ],
    [
      'raw pass without alignment',
      one({ dkim: 'fail', spf: 'fail', auth: auth('pass', 'pass') }),
      {
        row: (r) => [evaluated(r), results(r)],
        is: [
          ['none', 'fail', 'fail'],
          ['pass', 'pass'],
        ],
      },
    ],
    ['no source_ip', one({ source: '' }), { repaired: ['missing-source'], row: source, is: undefined }],
    [
      'an empty source_ip',
      reportXml().replace('192.0.2.1', ''),
      { repaired: ['missing-source'], row: source, is: undefined },
    ],
    ['X.X.X.X', one({ source: 'X.X.X.X' }), { repaired: ['bad-source', 'missing-source'], row: source, is: undefined }],
    [
      'leading zeros in an address',
      one({ source: '192.000.002.010' }),
      { repaired: ['bad-source', 'missing-source'], row: source, is: undefined },
    ],
    [
      'an address in brackets',
      one({ source: '[192.0.2.7]' }),
      { repaired: ['address-notation'], row: source, is: '192.0.2.7' },
    ],
    ['IPv6 in any spelling', one({ source: '2001:DB8:0:0:0:0:0:01' }), { row: source, is: '2001:db8::1' }],
    ['IPv4-mapped IPv6', one({ source: '::ffff:192.0.2.7' }), { row: source, is: '192.0.2.7' }],
    [
      'white space around values',
      one({ source: ' 192.0.2.7\n', count: ' 3 ', disposition: '\n none \n' }),
      { repaired: ['white-space*3'], row: (r) => [r.source, r.disposition], is: ['192.0.2.7', 'none'] },
    ],
    [
      'an empty record',
      reportXml({ records: ['<record></record>', recordXml()] }),
      { repaired: ['empty-record', 'missing-count', 'missing-header-from'], rows: 2, row: count, is: 0 },
    ],
    ['the null sender', from('<envelope_from></envelope_from>'), { row: sender, is: '' }],
    [
      'the null sender as <>',
      from('<envelope_from><></envelope_from>'),
      { repaired: ['unescaped-markup', 'null-sender-notation'], row: sender, is: '' },
    ],
    [
      'the null sender as &lt;&gt;',
      from('<envelope_from>&lt;&gt;</envelope_from>'),
      { repaired: ['null-sender-notation'], row: sender, is: '' },
    ],
    ['no envelope_from is not the null sender', from(''), { row: sender, is: undefined }],
    [
      'an address for envelope_from',
      from('<envelope_from>bounce@Mail.Example.com</envelope_from>'),
      { repaired: ['address-for-domain'], row: sender, is: 'mail.example.com' },
    ],
    [
      'SPF by HELO only',
      one({
        auth: '<auth_results><spf><domain>mx.example.com</domain><scope>helo</scope><result>pass</result></spf></auth_results>',
      }),
      {
        row: (r) => r.authResults,
        is: { dkim: [], spf: [{ domain: 'mx.example.com', scope: 'helo', result: 'pass' }] },
      },
    ],
    [
      'SPF without a domain',
      one({ auth: '<auth_results><spf><domain></domain><result>none</result></spf></auth_results>' }),
      { row: (r) => r.authResults.spf, is: [{ result: 'none' }] },
    ],
    [
      'several DKIM results',
      one({
        auth: `<auth_results>${[1, 2, 3].map((n) => `<dkim><domain>d${n}.example</domain><selector>s</selector><result>pass</result></dkim>`).join('')}</auth_results>`,
      }),
      { row: (r) => r.authResults.dkim.map((d) => d.domain), is: ['d1.example', 'd2.example', 'd3.example'] },
    ],
    [
      '250 DKIM results',
      one({
        auth: `<auth_results>${Array.from({ length: 250 }, (_, n) => `<dkim><domain>d${n}.example</domain><result>fail</result></dkim>`).join('')}</auth_results>`,
      }),
      { row: (r) => r.authResults.dkim.length, is: 250 },
    ],
    [
      'an empty DKIM result',
      one({ auth: '<auth_results><dkim></dkim><spf/></auth_results>' }),
      { repaired: ['empty-result*2'], row: (r) => r.authResults, is: { dkim: [], spf: [] } },
    ],
    [
      'an empty reason',
      one({ reasons: '<reason><type></type><comment></comment></reason>' }),
      { repaired: ['empty-value', 'empty-reason'], row: (r) => r.reasons, is: [] },
    ],
    [
      'an empty sp',
      reportXml({ policy: '<policy_published><domain>example.com</domain><p>none</p><sp></sp></policy_published>' }),
      { repaired: ['empty-value'], summary: (s) => s.policyPublished, is: { domain: 'example.com', p: 'none' } },
    ],
    [
      'a policy in capitals, a mode in words, a pct of 200',
      reportXml({
        policy:
          '<policy_published><domain>example.com</domain><p>REJECT</p><adkim>strict</adkim><pct>200</pct></policy_published>',
      }),
      {
        repaired: ['letter-case', 'synonym', 'bad-pct'],
        summary: (s) => s.policyPublished,
        is: { domain: 'example.com', p: 'reject', adkim: 's' },
      },
    ],
    [
      'a policy for another domain',
      reportXml({ policy: '<policy_published><domain>example.org</domain><p>none</p></policy_published>' }),
      { repaired: ['other-domain'], summary: (s) => s.policyPublished.domain, is: 'example.org' },
    ],
    [
      'a row about a subdomain',
      one({ identifiers: '<identifiers><header_from>a.b.example.com</header_from></identifiers>' }),
      {},
    ],
    ['no policy domain', reportXml({ policy: '' }), { repaired: ['missing-policy-domain'] }],
    ['no reporter', reportXml({ orgName: '', email: '' }), { repaired: ['missing-reporter'] }],
    ['no report_id', reportXml({ reportId: ' ' }), { repaired: ['missing-report-id', 'white-space'] }],
    ['no records', reportXml({ records: [] }), { repaired: ['no-records'], rows: 0, messages: 0 }],
    [
      'a fraction of a second',
      dates('1767225600.123456', '1767311999.9'),
      { repaired: ['date-fraction*2'], summary: range, is: { begin: 1767225600, end: 1767311999 } },
    ],
    [
      'milliseconds and microseconds',
      dates('1767225600123', '1767311999123456'),
      { repaired: ['date-unit*2'], summary: range, is: { begin: 1767225600, end: 1767311999 } },
    ],
    [
      'a span of weeks',
      dates('1764547200', '1767311999'),
      { summary: range, is: { begin: 1764547200, end: 1767311999 } },
    ],
    [
      'begin and end the same',
      dates('1767225600', '1767225600'),
      { summary: range, is: { begin: 1767225600, end: 1767225600 } },
    ],
    [
      'a time before DMARC',
      dates('100', '200'),
      { repaired: ['unlikely-date*2'], summary: range, is: { begin: 100, end: 200 } },
    ],
    [
      'no end of the period',
      reportXml({ dates: '<date_range><begin>1767225600</begin></date_range>' }),
      { refused: 'missing-date' },
    ],
    ['an empty begin', dates('', '1767311999'), { refused: 'missing-date' }],
    ['no date_range', reportXml({ dates: '' }), { refused: 'missing-date' }],
    ['a date in words', dates('yesterday', '1767311999'), { refused: 'bad-date' }],
    ['a negative date', dates('-1', '1767311999'), { refused: 'bad-date' }],
    ['a date of no century', dates('17672256000', '17673119990'), { refused: 'bad-date' }],
    ['an end before the begin', dates('1767311999', '1767225600'), { refused: 'dates-reversed' }],
    ['a span of years', dates('1667225600', '1767225600'), { refused: 'span-too-long' }],
    [
      '100 rows of count 1',
      reportXml({ records: Array.from({ length: 100 }, () => recordXml({ count: '1' })) }),
      { rows: 100, messages: 100 },
    ],
    ['a count of 0', one({ count: '0' }), { repaired: ['zero-count'], messages: 0, row: count, is: 0 }],
    ['a negative count', one({ count: '-5' }), { repaired: ['negative-count'], messages: 0, row: count, is: 0 }],
    ['a count that is no number', one({ count: 'NaN' }), { repaired: ['bad-count'], messages: 0, row: count, is: 0 }],
    ['a count that is ambiguous', one({ count: '1,000' }), { repaired: ['bad-count'], messages: 0 }],
    [
      'a count that cannot be',
      one({ count: '99999999999' }),
      { repaired: ['absurd-count'], messages: 0, row: count, is: 0 },
    ],
    ['a count of a hundred digits', one({ count: '9'.repeat(100) }), { repaired: ['absurd-count'], messages: 0 }],
    ['no count', one({ count: '' }), { repaired: ['missing-count'], messages: 0, row: count, is: 0 }],
    ['a count of 5.0', one({ count: '5.0' }), { repaired: ['count-notation'], messages: 5 }],
    ['a count with leading zeros', one({ count: '0007' }), { messages: 7 }],
    [
      'two counts that agree',
      reportXml().replace('<count>3</count>', '<count>3</count><count>3</count>'),
      { repaired: ['repeated-element'] },
    ],
    [
      'two counts that do not',
      reportXml().replace('<count>3</count>', '<count>3</count><count>4</count>'),
      { refused: 'contradiction' },
    ],
    [
      'two header_from that do not agree',
      one({
        identifiers:
          '<identifiers><header_from>a.example</header_from><header_from>b.example</header_from></identifiers>',
      }),
      { refused: 'contradiction' },
    ],
    [
      'two begins that do not agree',
      reportXml().replace('<begin>', '<begin>1</begin><begin>'),
      { refused: 'contradiction' },
    ],
  ];
  cases.forEach(check);
});

describe('limits', () => {
  const cases: Case[] = [
    ['size', reportXml(), { limits: { bytes: 500 }, refused: 'too-large' }],
    ['depth', reportXml({ metadata: `${'<a>'.repeat(80)}${'</a>'.repeat(80)}` }), { refused: 'too-deep' }],
    ['a million nested elements', reportXml({ metadata: '<a>'.repeat(1_000_000) }), { refused: 'too-deep' }],
    ['text', reportXml({ orgName: 'x'.repeat(300_000) }), { refused: 'text-too-long' }],
    [
      'text that never ends',
      `<feedback><report_metadata><org_name>${'x'.repeat(3_000_000)}`,
      { refused: 'text-too-long' },
    ],
    ['text that is no XML', 'x'.repeat(3_000_000), { refused: 'not-xml' }],
    ['NULs', new Uint8Array(3_000_000), { refused: 'not-xml' }],
    ['text between elements', reportXml({ version: 'x'.repeat(300_000) }), { refused: 'text-too-long' }],
    ['a comment', reportXml({ version: `<!--${'x'.repeat(300_000)}-->` }), { refused: 'text-too-long' }],
    [
      'an extension',
      reportXml({ records: [recordXml({ more: `<x:a xmlns:x="urn:x">${'<x:b/>'.repeat(60_000)}</x:a>` })] }),
      { refused: 'text-too-long' },
    ],
    ['a tag', reportXml({ open: `<feedback a="${'x'.repeat(20_000)}">` }), { refused: 'tag-too-long' }],
    ['a tag that never ends', `<feedback a="${'x'.repeat(3_000_000)}`, { refused: 'tag-too-long' }],
    [
      'attributes',
      reportXml({ open: `<feedback ${Array.from({ length: 80 }, (_, n) => `a${n}=""`).join(' ')}>` }),
      { refused: 'too-many-attributes' },
    ],
    [
      'rows',
      reportXml({ records: Array.from({ length: 4 }, () => recordXml()) }),
      { limits: { rows: 3 }, refused: 'too-many-rows' },
    ],
    [
      'DKIM results',
      one({ auth: `<auth_results>${'<dkim><domain>a.example</domain></dkim>'.repeat(1001)}</auth_results>` }),
      { refused: 'too-many-dkim-results' },
    ],
    [
      'SPF results',
      one({ auth: `<auth_results>${'<spf><domain>a.example</domain></spf>'.repeat(201)}</auth_results>` }),
      { refused: 'too-many-spf-results' },
    ],
    ['reasons', one({ reasons: '<reason><type>other</type></reason>'.repeat(201) }), { refused: 'too-many-reasons' }],
    ['errors', reportXml({ metadata: '<error>x</error>'.repeat(201) }), { refused: 'too-many-errors' }],
    ['extensions', one({ more: '<x xmlns="urn:x"/>'.repeat(201) }), { refused: 'too-many-extensions' }],
    [
      'messages that cannot be added exactly',
      reportXml({ records: Array.from({ length: 3 }, () => recordXml({ count: '9000000000000000' })) }),
      { limits: { count: 2 ** 53 }, refused: 'too-many-messages' },
    ],
  ];
  cases.forEach(check);
});
