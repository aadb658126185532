// What is amiss with the other names of a domain: those that are known, those that a wildcard makes, and those nobody could tell of.
import { isAtOrBelow } from '../../standards/dns/index.ts';
import { isUpForGrabs } from './claim.ts';
import { strength } from './dmarc.ts';
import { txt } from './finding.ts';
import type { Case } from './finding.ts';
import { leaningValues, recordFindings } from './findings-spf.ts';
import type { LookUp, NamePosture } from './published.ts';

export function nameFindings(question: Case): void {
  const { published, add } = question;
  for (const each of [
    { name: published.domain, ...(published.leaning && { leaning: published.leaning }) },
    ...published.names,
  ]) {
    if (each.leaning !== undefined && isUpForGrabs(each.leaning.standing)) {
      add({
        code: 'posture/name-dangling',
        severity: 'critical',
        name: each.name,
        record: each.leaning.text,
        see: 'RFC 9989 §11.8',
        remedy: 'posture/do-remove-leaning',
        values: leaningValues(each.leaning),
      });
    }
  }
  for (const each of published.names) {
    // Records of mail servers that belong to somebody else are not ours to mend.
    if (!isAtOrBelow(each.name, published.domain) && each.origin !== 'helo') continue;
    recordFindings(each.spf, add);
    ownRecord(question, each);
    if (each.origin === 'helo' && each.exists === 'exists' && each.spf.outcome === 'none') {
      add({
        code: 'posture/helo-without-spf',
        severity: 'minor',
        name: each.name,
        see: 'RFC 7208 §10.1.2',
        remedy: 'posture/do-helo-publish',
        records: [txt(each.name, 'v=spf1 a -all')],
      });
    }
    if (each.origin === 'given' && each.exists === 'no-such-name') {
      add({
        code: 'posture/name-absent',
        severity: 'note',
        name: each.name,
        see: 'RFC 8020 §2',
        remedy: 'posture/do-nothing',
      });
    }
  }
  wildcard(question);
  untold(question);
}

/** A subdomain's own DMARC record. */
function ownRecord({ published, add }: Case, each: NamePosture): void {
  const { dmarc } = each;
  const at = { name: dmarc.name, record: dmarc.texts[0] ?? '' };
  if (dmarc.outcome === 'several-records' || dmarc.outcome === 'invalid-record') {
    add({
      ...at,
      code: 'posture/name-record-invalid',
      severity: 'serious',
      see: 'RFC 9989 §4.10',
      remedy: 'posture/do-dmarc-correct',
      because: dmarc.problems,
    });
  }
  const [ours, theirs] = [published.dmarc.domain.current, each.inForce.current];
  if (
    dmarc.outcome === 'record' &&
    ours.asks !== 'unknown' &&
    theirs.asks !== 'unknown' &&
    strength(theirs) < strength(ours)
  ) {
    add({
      ...at,
      code: 'posture/name-weaker',
      severity: theirs.asks === 'quarantine' ? 'moderate' : 'serious',
      see: 'RFC 9989 §4.10.1',
      remedy: 'posture/do-dmarc-raise-name',
      values: { asks: theirs.asks, policy: ours.asks, domain: published.domain },
    });
  }
  if (each.place.some(({ code }) => code === 'dmarc/subdomain-policy-ignored')) {
    add({
      ...at,
      code: 'posture/dmarc-sp-ignored',
      severity: 'minor',
      see: 'RFC 9989 §4.7',
      remedy: 'posture/do-dmarc-drop-sp',
      values: { tag: 'sp', from: published.domain },
      because: each.place,
    });
  }
  if (each.place.some(({ code }) => code === 'dmarc/beyond-walks')) {
    add({
      ...at,
      code: 'posture/dmarc-beyond-walks',
      severity: 'minor',
      see: 'RFC 9989 §5.1.8',
      remedy: 'posture/do-dmarc-own-record',
      because: each.place,
    });
  }
}

function wildcard({ published, add }: Case): void {
  const { wildcard: found, domain } = published;
  if (found.exists !== 'yes') return;
  const name = `*.${domain}`;
  const values = { types: found.types.join(', ') };
  if (found.leaning !== undefined && isUpForGrabs(found.leaning.standing)) {
    const text = found.leaning.text;
    add({
      code: 'posture/wildcard-dangling',
      severity: 'critical',
      name,
      record: text,
      see: 'RFC 9989 §11.8',
      remedy: 'posture/do-remove-leaning',
      values: leaningValues({ ...found.leaning, at: name }),
    });
  }
  if (
    found.spf.outcome === 'record' &&
    (found.spf.passes4 > 0 || found.spf.passes6Bits >= 0 || found.spf.otherwise === 'pass')
  ) {
    add({
      code: 'posture/wildcard-spf',
      severity: 'moderate',
      name,
      record: found.spf.texts[0] ?? '',
      see: 'RFC 7208 §3.5',
      remedy: 'posture/do-wildcard-close',
      values,
      records: [txt(name, 'v=spf1 -all')],
    });
    recordFindings({ ...found.spf, domain: name }, add);
  } else {
    add({
      code: 'posture/wildcard',
      severity: 'note',
      name,
      see: 'RFC 4592 §2.1.1',
      remedy: 'posture/do-wildcard-remove',
      values,
    });
  }
}

/** The finding for a look-up that matters by itself: its answer decides a whole chapter. */
function subjectOf({ published: { domain, wildcard: found } }: Case, { name, type }: LookUp): string | undefined {
  if (name === domain) {
    return {
      TXT: 'posture/untold-spf',
      MX: 'posture/untold-mx',
      A: 'posture/untold-existence',
      NS: 'posture/untold-name-servers',
      DS: 'posture/untold-dnssec',
    }[type as string];
  }
  if (name === `_dmarc.${domain}`) return type === 'TXT' ? 'posture/untold-dmarc' : undefined;
  if (name === `_domainkey.${domain}`) return 'posture/untold-dkim';
  if (name === `_mta-sts.${domain}`) return 'posture/untold-mta-sts';
  if (name === `_smtp._tls.${domain}`) return 'posture/untold-tls-rpt';
  if (name === `default._bimi.${domain}`) return 'posture/untold-bimi';
  if (name === found.probe && type === 'A') return 'posture/untold-wildcard';
  return undefined;
}

/** What the DNS did not say. It is never taken for an absence. */
function untold(question: Case): void {
  const { published, add } = question;
  const failed = published.lookups.filter(({ outcome }) => outcome.startsWith('dns/'));
  const others: LookUp[] = [];
  for (const lookUp of failed) {
    const subject = subjectOf(question, lookUp);
    if (subject === undefined) {
      // A zone file knows nothing of the top-level domain above it; the walk takes it to have no record.
      const step = published.dmarc.steps.find(({ name }) => name === lookUp.name);
      if (step?.outcome !== 'assumed-no-record') others.push(lookUp);
      continue;
    }
    const isDecisive = subject === 'posture/untold-spf' || subject === 'posture/untold-dmarc';
    add({
      code: subject,
      // A zone file that does not know is no fault of the domain; a server that does not answer is.
      severity: lookUp.outcome === 'dns/unknown-name' ? 'note' : isDecisive ? 'serious' : 'minor',
      name: lookUp.name,
      see: 'RFC 9989 §5.3.6',
      remedy: 'posture/do-ask-again',
      values: { type: lookUp.type, reason: lookUp.outcome },
    });
  }
  const [first] = others;
  if (first !== undefined) {
    add({
      code: 'posture/untold-others',
      severity: 'note',
      name: published.domain,
      see: 'RFC 9989 §5.3.6',
      remedy: 'posture/do-ask-again',
      values: { count: others.length, example: first.name, type: first.type, reason: first.outcome },
    });
  }
  if (published.lookupsLeftOut > 0) {
    add({
      code: 'posture/lookups-left-out',
      severity: 'note',
      name: published.domain,
      see: 'RFC 7208 §11.1',
      remedy: 'posture/do-nothing',
      values: { count: published.lookupsLeftOut },
    });
  }
}
