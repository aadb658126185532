// What the organisation and its world publish, beside what streams asked for: policies, mail hosts, SPF records put together from
// the wishes of streams, the domains of others, the names at the top.
import type { Scale } from './model.ts';
import { dmarcSteps, reportHost, type Organisation } from './organisation.ts';
import type { RecordBook } from './records.ts';
import type { Reporter } from './reporters.ts';
import { ed25519Record } from './report-mail.ts';
import type { Setup } from './setup.ts';

/** Writes everything into the book; `setup.spf` holds the terms that streams wish for. */
export function publish(
  setup: Setup,
  book: RecordBook,
  scale: Scale,
  reporters: readonly Reporter[],
  seed: string,
): void {
  const { organisation } = setup;
  mailHosts(setup, book, organisation);
  for (const domain of organisation.domains) {
    for (const [since, record] of dmarcSteps(domain, scale.days))
      book.set(`_dmarc.${domain.name}`, 'TXT', [record], since);
    if (domain.role === 'parked') {
      if (domain.ladder === 'closed') {
        book.set(domain.name, 'TXT', ['v=spf1 -all']);
        book.set(domain.name, 'MX', ['0 .']);
      }
      book.add(domain.name, 'A', '240.0.0.80');
    } else book.set(domain.name, 'MX', ['10 mx1.lageland.example', '20 mx2.lageland.example']);
    if (domain.role === 'receiving') setup.permit(domain.name, 'mx');
  }
  writeSpf(setup, book, scale);
  book.set(reportHost, 'MX', ['10 mx1.lageland.example']);
  book.set(`*._report._dmarc.${reportHost}`, 'TXT', ['v=DMARC1']);
  for (const reporter of reporters) {
    book.set(reporter.domain, 'TXT', [`v=spf1 ip4:${reporter.address} -all`]);
    book.set(`_dmarc.${reporter.domain}`, 'TXT', ['v=DMARC1; p=reject; sp=reject']);
    book.set(`rua1._domainkey.${reporter.domain}`, 'TXT', [ed25519Record(seed, reporter.domain)]);
    book.add(`mail.${reporter.domain}`, 'A', reporter.address);
  }
}

function mailHosts(setup: Setup, book: RecordBook, organisation: Organisation): void {
  const [mx1, mx2] = [organisation.own.noord.run(1, 2)[0]!, organisation.own.zuid.run(1, 2)[0]!];
  setup.host('mx1.lageland.example', [mx1], false);
  setup.host('mx2.lageland.example', [mx2], true);
  book.add('lageland.example', 'A', '240.0.0.80');
}

/** The SPF record of each domain that wishes for terms, as of each day on which the wishes change. */
function writeSpf(setup: Setup, book: RecordBook, scale: Scale): void {
  const own = new Set(setup.organisation.domains.map(({ name }) => name));
  // What is published in a domain's own name ends softly as long as it is not sure of itself; the domains of others end as they like.
  for (const [domain, wishes] of setup.spf) {
    if (domain === '') continue;
    const days = [...new Set([0, ...wishes.flatMap(({ since, until }) => [since, until])])]
      .filter((day) => day < scale.days)
      .sort((a, b) => a - b);
    let before = '';
    for (const day of days) {
      const terms = wishes.filter(({ since, until }) => since <= day && day < until).map(({ term }) => term);
      const record =
        terms.length === 0
          ? ''
          : `v=spf1 ${terms.join(' ')} ${own.has(domain) || domain.endsWith('lageland.example') ? '~all' : '-all'}`;
      if (record !== before) book.set(domain, 'TXT', record === '' ? [] : [record], day);
      before = record;
    }
  }
}
