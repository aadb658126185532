// Receivers that report, each with its habits: which text it follows and since when, what it leaves out, how it wraps and names its
// files, when it is late or silent. They are invented; their habits are those of the field.
import type { Scale } from './model.ts';
import type { Organisation } from './organisation.ts';
import { random } from './random.ts';

/** How a reporter wraps its reports; `zip-a-day` holds all that it sends on a day. */
export type Container = 'eml' | 'gz' | 'mbox' | 'xml' | 'zip' | 'zip-a-day';

export interface Reporter {
  readonly name: string;
  readonly domain: string;
  readonly email: string;
  readonly contact?: string;
  readonly generator?: string;
  /** The address its report mail comes from. */
  readonly address: string;
  /** Its share of the mail that reaches people at home, and at work. */
  readonly consumers: number;
  readonly business: number;
  /** The day of the world since which it writes RFC 9990; before that RFC 7489. `Infinity`: never. */
  readonly rfc9990Since: number;
  /** Whether it names the namespace of its text: in both generations, in RFC 9990 only, or never. */
  readonly namespace: 'always' | 'lacking' | 'modern';
  readonly container: Container;
  /** Hours its day begins after midnight UTC (before it: negative). */
  readonly skewHours: number;
  /** Days a report spans. */
  readonly span: number;
  readonly pretty: boolean;
  readonly quirks: Quirks;
  /** How it names reports. */
  readonly reportId: 'domain' | 'hex' | 'number' | 'uuid';
  /** Shares of its reports. */
  readonly late: number;
  readonly twice: number;
  readonly fuller: number;
  /** Stretches of days of the world on which it reports nothing. */
  readonly silent: readonly (readonly [from: number, to: number])[];
  /** Share of failing rows at `reject` that it quarantines instead, by a policy of its own (RFC 9989 §7.4). */
  readonly lenient: number;
  /** In a world where that is done (`--turning-away`): it turns away at MAIL FROM what SPF fails, whatever DKIM says, and reports nothing of it. */
  readonly turnsAway?: boolean;
}

/** How what it writes differs from the schema, or from what others write. */
interface Quirks {
  readonly envelopeFrom?: 'missing';
  readonly envelopeTo?: boolean;
  readonly scope?: 'missing';
  readonly selector?: 'missing';
  readonly failedSignatures?: 'missing';
  readonly sp?: 'empty' | 'missing';
  readonly capitals?: boolean;
  readonly mapped?: boolean;
  readonly microseconds?: boolean;
  readonly unclosedSchema?: boolean;
  readonly latin1?: boolean;
  readonly byteOrderMark?: boolean;
  readonly headerWithoutNewline?: boolean;
  readonly forwarded?: boolean;
  readonly roundsCounts?: boolean;
  readonly oneByOne?: boolean;
  readonly humanResult?: boolean;
  readonly extension?: boolean;
  readonly hardfail?: boolean;
}

/** The dozen, the biggest first. Weights do not add up to 1: the rest of the world's receivers report nothing. */
export function reporters(organisation: Organisation, seed: string, scale: Scale): Reporter[] {
  const dice = random(seed, 'reporters');
  const at = (share: number): number => Math.floor(scale.days * share);
  const never = Number.POSITIVE_INFINITY;
  const base = {
    namespace: 'modern',
    skewHours: 0,
    span: 1,
    pretty: true,
    quirks: {},
    late: 0.01,
    twice: 0,
    fuller: 0,
    silent: [],
    lenient: 0,
    reportId: 'number',
    rfc9990Since: never,
  } as const;
  const slow = scale.bundled ? 7 : 1;
  const plans: Omit<Reporter, 'address'>[] = [
    {
      ...base,
      name: 'grootmail.example',
      domain: 'grootmail.example',
      email: 'noreply-dmarc-support@grootmail.example',
      contact: 'https://hulp.grootmail.example/dmarc',
      consumers: 0.36,
      business: 0.2,
      container: 'zip',
      quirks: { envelopeFrom: 'missing', scope: 'missing' },
      twice: 0.01,
      rfc9990Since: at(0.72),
      lenient: 0.15,
    },
    {
      ...base,
      name: 'Kantoorwolk',
      domain: 'kantoorwolk.example',
      email: 'dmarcreport@kantoorwolk.example',
      consumers: 0.08,
      business: 0.5,
      container: 'gz',
      quirks: { envelopeTo: true },
      reportId: 'hex',
      pretty: false,
      fuller: 0.01,
      lenient: 0.3,
      namespace: 'always',
    },
    {
      ...base,
      name: 'Yodel!',
      domain: 'yodel.example',
      email: 'dmarchelp@yodel.example',
      consumers: 0.12,
      business: 0.03,
      container: 'gz',
      quirks: { sp: 'empty', failedSignatures: 'missing' },
      reportId: 'number',
      pretty: false,
      rfc9990Since: at(0.8),
      late: 0.03,
      span: slow,
    },
    {
      ...base,
      name: 'Brievenbus Nederland',
      turnsAway: true,
      domain: 'brievenbus.example',
      email: 'rua@brievenbus.example',
      generator: 'OpenReport 2.3',
      consumers: 0.14,
      business: 0.05,
      container: 'eml',
      rfc9990Since: at(0.35),
      namespace: 'always',
      reportId: 'uuid',
      quirks: { humanResult: true },
      span: slow,
    },
    {
      ...base,
      name: 'Kabelbezorgd',
      domain: 'kabelbezorgd.example',
      email: 'postmaster@kabelbezorgd.example',
      consumers: 0.09,
      business: 0.03,
      container: 'mbox',
      quirks: { scope: 'missing', microseconds: true },
      reportId: 'domain',
      span: slow,
    },
    {
      ...base,
      name: 'Universitätsverbund Nordsee',
      domain: 'uni-nordsee.example',
      email: 'dmarc@uni-nordsee.example',
      consumers: 0.02,
      business: 0.04,
      container: 'xml',
      quirks: { latin1: true, sp: 'missing' },
      reportId: 'domain',
      span: 7,
    },
    {
      ...base,
      name: 'Snelpost',
      domain: 'snelpost.example',
      email: 'reports@snelpost.example',
      generator: 'snelpost-dmarc/0.9',
      consumers: 0.06,
      business: 0.04,
      container: 'eml',
      namespace: 'lacking',
      rfc9990Since: at(0.1),
      skewHours: -7,
      reportId: 'uuid',
      quirks: { extension: true },
      span: slow,
    },
    {
      ...base,
      name: 'Poortwachter Security',
      domain: 'poortwachter.example',
      email: 'dmarc@poortwachter.example',
      consumers: 0.01,
      business: 0.09,
      container: 'mbox',
      quirks: { capitals: true, byteOrderMark: true, forwarded: true },
      skewHours: 1,
      late: 0.06,
      reportId: 'hex',
      lenient: 0.4,
      span: slow,
    },
    {
      ...base,
      name: 'Mail Asahi',
      domain: 'asahi-mail.example',
      email: 'dmarc-report@asahi-mail.example',
      consumers: 0.03,
      business: 0.01,
      container: 'zip',
      skewHours: 9,
      quirks: { mapped: true, headerWithoutNewline: true, selector: 'missing' },
      reportId: 'number',
      twice: 0.04,
      span: slow,
    },
    {
      ...base,
      name: 'Gemeentelijke Mailvoorziening',
      turnsAway: true,
      domain: 'gemeentemail.example',
      email: 'dmarc@gemeentemail.example',
      consumers: 0.01,
      business: 0.08,
      container: 'gz',
      rfc9990Since: at(0.6),
      namespace: 'always',
      reportId: 'uuid',
      quirks: { roundsCounts: true },
      span: slow,
    },
    {
      ...base,
      name: 'Postduif Webmail',
      domain: 'postduif.example',
      email: 'abuse@postduif.example',
      consumers: 0.04,
      business: 0.01,
      container: 'xml',
      quirks: { unclosedSchema: true, hardfail: true, sp: 'missing' },
      reportId: 'domain',
      span: slow,
    },
    {
      ...base,
      name: 'Vrijdagsoft Filter',
      domain: 'vrijdagsoft.example',
      email: 'no-reply@vrijdagsoft.example',
      consumers: 0.02,
      business: 0.05,
      container: 'zip-a-day',
      quirks: { oneByOne: true, envelopeFrom: 'missing' },
      reportId: 'hex',
      fuller: 0.03,
      span: slow,
    },
  ];
  const network = organisation.networks.v4('Ontvangers', 'NL', 24);
  const addresses = network.run(plans.length, 20);
  return plans.map((plan, i) => {
    const start = dice.below(scale.days - 12);
    return { ...plan, address: addresses[i]!, silent: i % 2 === 1 ? [[start, start + 2 + dice.below(9)]] : [] };
  });
}
