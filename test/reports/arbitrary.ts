import * as fc from 'fast-check';
import type { NewReport } from '../../src/standards/reports/aggregate/format.ts';
import type {
  DkimAuthResult,
  Generation,
  OverrideReason,
  Row,
  SpfAuthResult,
} from '../../src/standards/reports/aggregate/model.ts';
import { cleanCharacters, trim } from '../../src/standards/reports/aggregate/text.ts';

// Reports for property tests: any that the schema of their generation allows, in the canonical form in which they are read back.

const label = fc.stringMatching(/^[a-z0-9](?:[a-z0-9_-]{0,8}[a-z0-9])?$/).filter((text) => !text.includes('--'));
const domain = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => [...labels, 'example'].join('.'));
const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 24 })
  .map((any) => trim(any))
  .filter((any) => any !== '' && cleanCharacters(any).flags === 0 && !any.includes('\r'));
const lang = fc.constantFrom('en', 'nl', 'de-CH');
const ipv4 = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)).map((parts) => parts.join('.'));
const address = fc.oneof(ipv4, fc.constantFrom('2001:db8::1', '::', '2001:db8:0:1:1:1:1:1', 'fe80::1:0:0:1'));
const said = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });

/** Without the keys whose value is `undefined`: absent is not said. */
function present<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

function reason(modern: boolean): fc.Arbitrary<OverrideReason> {
  const types = modern
    ? (['local_policy', 'mailing_list', 'other', 'policy_test_mode', 'trusted_forwarder'] as const)
    : (['forwarded', 'sampled_out', 'local_policy', 'mailing_list', 'other', 'trusted_forwarder'] as const);
  return fc
    .record({
      type: fc.constantFrom(...types),
      comment: said(text),
      commentLang: modern ? said(lang) : fc.constant(undefined),
    })
    .map((each) => present({ ...each, commentLang: each.comment === undefined ? undefined : each.commentLang }));
}

function dkim(modern: boolean): fc.Arbitrary<DkimAuthResult> {
  return fc
    .record({
      domain,
      selector: modern ? label : said(label),
      result: fc.constantFrom('none', 'pass', 'fail', 'policy', 'neutral', 'temperror', 'permerror'),
      humanResult: said(text),
      humanResultLang: modern ? said(lang) : fc.constant(undefined),
    })
    .map((each) =>
      present({ ...each, humanResultLang: each.humanResult === undefined ? undefined : each.humanResultLang }),
    );
}

function spf(modern: boolean): fc.Arbitrary<SpfAuthResult> {
  return fc
    .record({
      domain,
      scope: modern ? said(fc.constant('mfrom')) : fc.constantFrom('mfrom', 'helo'),
      result: fc.constantFrom('none', 'neutral', 'pass', 'fail', 'softfail', 'temperror', 'permerror'),
      humanResult: modern ? said(text) : fc.constant(undefined),
      humanResultLang: modern ? said(lang) : fc.constant(undefined),
    })
    .map(
      (each) =>
        present({
          ...each,
          humanResultLang: each.humanResult === undefined ? undefined : each.humanResultLang,
        }) as SpfAuthResult,
    );
}

const extension = fc.nat(99).map((n) => ({
  name: `e${n}`,
  namespace: 'urn:example:x',
  xml: `<x:e${n} xmlns:x="urn:example:x"><x:v a="1">${n}</x:v></x:e${n}>`,
}));

function row(modern: boolean): fc.Arbitrary<Row> {
  const dispositions = ['none', 'quarantine', 'reject', ...(modern ? ['pass' as const] : [])] as const;
  return fc
    .record({
      source: address,
      count: fc.integer({ min: 1, max: 100_000 }),
      disposition: fc.constantFrom(...dispositions),
      dkim: fc.constantFrom('pass', 'fail'),
      spf: fc.constantFrom('pass', 'fail'),
      reasons: fc.array(reason(modern), { maxLength: 2 }),
      headerFrom: domain,
      envelopeFrom: modern ? said(fc.oneof(domain, fc.constant(''))) : fc.oneof(domain, fc.constant('')),
      envelopeTo: said(domain),
      authResults: fc
        .record({
          dkim: fc.array(dkim(modern), { maxLength: 3 }),
          spf: fc.array(spf(modern), { minLength: modern ? 0 : 1, maxLength: modern ? 1 : 2 }),
        })
        .map((each) => ({ ...each })),
      extensions: modern ? fc.array(extension, { maxLength: 2 }) : fc.constant([]),
    })
    .map((each) => present({ ...each, extensions: each.extensions.length === 0 ? undefined : each.extensions }) as Row);
}

/** A report of one generation. */
export function arbitraryReport(
  generation: Generation,
  rows = { minLength: 1, maxLength: 6 },
): fc.Arbitrary<NewReport> {
  const modern = generation === 'rfc9990';
  const policy = fc.constantFrom('none', 'quarantine', 'reject');
  const mode = fc.constantFrom('r', 's');
  const none = fc.constant(undefined);
  return fc
    .record({
      metadata: fc.record({
        orgName: text,
        email: text,
        extraContactInfo: said(text),
        reportId: text,
        errors: fc.array(text, { maxLength: modern ? 1 : 3 }),
        generator: modern ? said(text) : none,
      }),
      begin: fc.integer({ min: 1_400_000_000, max: 1_900_000_000 }),
      length: fc.integer({ min: 0, max: 30 * 86_400 }),
      policy: fc.record({
        domain,
        adkim: said(mode),
        aspf: said(mode),
        p: policy,
        sp: modern ? said(policy) : policy,
        np: modern ? said(policy) : none,
        pct: modern ? none : fc.integer({ min: 0, max: 100 }),
        fo: modern ? said(fc.constantFrom('0', '1', '1:d:s')) : fc.constantFrom('0', '1', 'd'),
        testing: modern ? said(fc.constantFrom('y', 'n')) : none,
        discoveryMethod: modern ? said(fc.constantFrom('psl', 'treewalk')) : none,
      }),
      extensions: modern ? fc.array(extension, { maxLength: 2 }) : fc.constant([]),
      records: fc.array(row(modern), rows),
    })
    .map(
      ({ metadata, begin, length, policy: published, extensions, records }) =>
        ({
          generation,
          ...(modern ? { namespace: 'urn:ietf:params:xml:ns:dmarc-2.0' } : {}),
          version: '1.0',
          metadata: { ...present(metadata), dateRange: { begin, end: begin + length } },
          policyPublished: present(published),
          extensions,
          records,
        }) as NewReport,
    );
}
