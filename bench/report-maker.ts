// Aggregate reports of any size for the benchmarks, made as they are read: the same seed, the same bytes.

/** What the rows of a made report are like. */
export interface ReportShape {
  readonly records: number;
  /** Distinct source addresses; each row of `unique` has an address, names and a selector of its own. */
  readonly sources: number;
  readonly unique?: boolean;
  readonly seed?: number;
}

const head = `<?xml version="1.0" encoding="UTF-8"?>
<feedback>
  <version>1.0</version>
  <report_metadata>
    <org_name>receiver.example</org_name>
    <email>dmarc-reports@receiver.example</email>
    <report_id>20260101.receiver.example</report_id>
    <date_range>
      <begin>1767225600</begin>
      <end>1767311999</end>
    </date_range>
  </report_metadata>
  <policy_published>
    <domain>telecom.example</domain>
    <adkim>r</adkim>
    <aspf>r</aspf>
    <p>quarantine</p>
    <sp>quarantine</sp>
    <pct>100</pct>
  </policy_published>
`;

/** A source of numbers below 2^32 that is the same for the same seed (xorshift). */
export function numbers(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

const domains = ['telecom', 'mail.telecom', 'billing.telecom', 'news.telecom', 'shop.telecom'].map(
  (name) => `${name}.example`,
);
const services = [
  'mailer.example',
  'esp-one.example',
  'crm.example',
  'survey.example',
  'forward.example',
  'lists.example',
];
const results = ['pass', 'pass', 'pass', 'fail', 'softfail', 'neutral'];

const reason = `
        <reason>
          <type>forwarded</type>
          <comment>looks forwarded, downgraded</comment>
        </reason>`;

function record(row: number, next: () => number, shape: ReportShape): string {
  const unique = shape.unique === true;
  const source = unique ? row + 1 : next() % shape.sources;
  const address = `${100 + ((source >> 24) & 15)}.${(source >> 16) & 255}.${(source >> 8) & 255}.${source & 255}`;
  const own = unique ? `h${row}.telecom.example` : domains[next() % domains.length]!;
  const service = unique ? `b${row}.mailer.example` : services[next() % services.length]!;
  const selector = unique ? `s${row}` : `s${next() % 40}`;
  const kind = next() % 8;
  const passed = kind < 5;
  const count = next() % 100 < 80 ? 1 : (next() % 500) + 1;
  const spf = results[next() % results.length]!;
  return `  <record>
    <row>
      <source_ip>${address}</source_ip>
      <count>${count}</count>
      <policy_evaluated>
        <disposition>${passed ? 'none' : 'quarantine'}</disposition>
        <dkim>${passed ? 'pass' : 'fail'}</dkim>
        <spf>${kind === 0 ? 'pass' : 'fail'}</spf>${kind === 7 ? reason : ''}
      </policy_evaluated>
    </row>
    <identifiers>
      <envelope_to>receiver.example</envelope_to>
      <envelope_from>bounce.${service}</envelope_from>
      <header_from>${own}</header_from>
    </identifiers>
    <auth_results>
      <dkim>
        <domain>${passed ? own : service}</domain>
        <selector>${selector}</selector>
        <result>${passed ? 'pass' : 'fail'}</result>
        <human_result>${passed ? '2048-bit key' : 'body hash did not verify'}</human_result>
      </dkim>
      <spf>
        <domain>bounce.${service}</domain>
        <scope>mfrom</scope>
        <result>${spf}</result>
      </spf>
    </auth_results>
  </record>
`;
}

/** The XML in pieces of about a megabyte. */
export function* reportPieces(shape: ReportShape): Generator<Uint8Array> {
  const next = numbers(shape.seed ?? 1);
  const encoder = new TextEncoder();
  let text = head;
  for (let row = 0; row < shape.records; row++) {
    text += record(row, next, shape);
    if (text.length > 1_000_000) {
      yield encoder.encode(text);
      text = '';
    }
  }
  yield encoder.encode(`${text}</feedback>\n`);
}
