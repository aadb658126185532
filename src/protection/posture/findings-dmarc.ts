// What is amiss with the DMARC policy in force (RFC 9989): whether there is one, what it asks of whom, and who hears of it.
import { changed, withoutTags } from './change-record.ts';
import type { Governing } from './change-record.ts';
import { isUpForGrabs } from './claim.ts';
import { strength } from './dmarc.ts';
import { sendsNothing, short, txt } from './finding.ts';
import type { Case } from './finding.ts';
import { placement, reports } from './findings-dmarc-reports.ts';
import { leaningValues } from './findings-spf.ts';

/** What is amiss with the policy in force for the domain. */
export function dmarcFindings(question: Case): void {
  const { published } = question;
  const { dmarc } = published;
  presence(question);
  const { record } = dmarc;
  if (record === undefined) return;
  if (record.effect === 'yes') {
    policy(question, record);
    below(question, record);
  }
  placement(question, record);
  reports(question, record);
  for (const leaning of dmarc.leanings) {
    if (isUpForGrabs(leaning.standing)) {
      question.add({
        code: 'posture/dmarc-alias-dangling',
        severity: 'critical',
        name: leaning.at,
        record: leaning.text,
        see: 'RFC 9989 §11.3',
        remedy: 'posture/do-remove-leaning',
        values: leaningValues(leaning),
      });
    }
  }
  if (dmarc.differences.length > 0) {
    question.add({
      code: 'posture/dmarc-generations-differ',
      severity: 'minor',
      name: published.domain,
      record: record.text,
      see: 'RFC 9989 §C.3',
      remedy: 'posture/do-dmarc-own-record',
      because: dmarc.differences,
    });
  }
}

/** Whether there is a policy at all, and the text of the domain's own record. */
function presence({ published, role, reportTo, add }: Case): void {
  const { dmarc, domain } = published;
  const [own] = dmarc.steps;
  const rua = reportTo === undefined ? '' : `; rua=${reportTo}`;
  if (own !== undefined) {
    const values = { count: own.texts.length };
    if (own.outcome === 'several-records') {
      add({
        code: 'posture/dmarc-several',
        severity: 'critical',
        name: own.name,
        record: own.texts.map((text) => short(text)).join(' | '),
        see: 'RFC 9989 §4.10',
        remedy: 'posture/do-dmarc-keep-one',
        values,
      });
    }
    if (own.outcome === 'invalid-record') {
      add({
        code: 'posture/dmarc-invalid',
        severity: 'critical',
        name: own.name,
        record: own.texts[0] ?? '',
        see: 'RFC 9989 §4.8',
        remedy: 'posture/do-dmarc-correct',
        because: own.problems,
      });
    }
    if (own.outcome === 'no-record' && own.problems.length > 0) {
      add({
        code: 'posture/dmarc-not-recognised',
        severity: 'critical',
        name: own.name,
        record: own.texts[0] ?? '',
        see: 'RFC 9989 §4.7',
        remedy: 'posture/do-dmarc-correct',
        because: own.problems,
      });
    }
    const flaws = own.problems.filter(
      ({ code }) =>
        ![
          'dmarc/several-records',
          'dmarc/missing-policy',
          'dmarc/invalid-policy',
          'dmarc/read-as-none',
          'dmarc/read-as-nothing',
        ].includes(code) && !isSoftPair(code, dmarc.record),
    );
    if (own.outcome === 'record' && flaws.length > 0) {
      add({
        code: 'posture/dmarc-flaws',
        severity: 'minor',
        name: own.name,
        record: own.texts[0] ?? '',
        see: 'RFC 9989 §4.7',
        remedy: 'posture/do-dmarc-correct',
        because: flaws,
        values: { count: flaws.length },
      });
    }
    if (dmarc.aliasAndText) {
      add({
        code: 'posture/dmarc-alias-and-text',
        severity: 'serious',
        name: own.name,
        record: own.texts[0] ?? '',
        see: 'RFC 1034 §3.6.2',
        remedy: 'posture/do-dmarc-alias-or-text',
      });
    } else if (own.aliases.length > 0) {
      add({
        code: 'posture/dmarc-alias',
        severity: 'note',
        name: own.name,
        record: `CNAME ${own.aliases[0] ?? ''}`,
        see: 'RFC 1034 §3.6.2',
        remedy: 'posture/do-know-who-holds',
        values: { target: own.aliases.at(-1) ?? '' },
      });
    }
  }
  const { record } = dmarc;
  if (dmarc.domain.current.asks === 'unknown' && record === undefined) return;
  if (record === undefined || record.effect === 'none') {
    const unused = sendsNothing(role);
    add({
      code: record === undefined ? 'posture/dmarc-missing' : 'posture/dmarc-without-effect',
      severity: 'critical',
      name: `_dmarc.${domain}`,
      ...(record === undefined ? {} : { record: record.text }),
      see: 'RFC 9989 §4.10.1',
      remedy: unused ? 'posture/do-dmarc-close' : 'posture/do-dmarc-begin',
      records: unused
        ? [txt(`_dmarc.${domain}`, `v=DMARC1; p=reject${rua}`)]
        : reportTo === undefined
          ? undefined
          : [txt(`_dmarc.${domain}`, `v=DMARC1; p=none${rua}`)],
    });
  } else if (record.effect === 'acts-as-none') {
    add({
      code: 'posture/dmarc-acts-as-none',
      severity: 'serious',
      name: `_dmarc.${record.domain}`,
      record: record.text,
      see: 'RFC 9989 §4.10.1',
      remedy: 'posture/do-dmarc-correct',
      because: own?.domain === record.domain ? own.problems : [],
    });
  } else if (record.domain !== domain) {
    add({
      code: 'posture/dmarc-inherited',
      severity: 'note',
      name: `_dmarc.${domain}`,
      see: 'RFC 9989 §4.10.1',
      remedy: 'posture/do-dmarc-own-record',
      values: { from: record.domain, asks: dmarc.domain.current.asks },
    });
  }
}

/** `t=y` and `pct=0` together are the soft rung that both generations of receivers understand: `pct` is then no leftover. */
function isSoftPair(code: string, record: Governing | undefined): boolean {
  return code === 'dmarc/obsolete-tag' && record?.pct === 0 && record.t === 'y';
}

/** What it asks for the domain itself. */
function policy({ published, role, add }: Case, record: Governing): void {
  const { dmarc } = published;
  const { current, older } = dmarc.domain;
  const name = `_dmarc.${record.domain}`;
  const text = record.text;
  const unused = sendsNothing(role);
  if (current.policy === 'none') {
    add({
      code: 'posture/dmarc-none',
      severity: 'serious',
      name,
      record: text,
      see: 'RFC 9989 §4.7',
      remedy: unused ? 'posture/do-dmarc-close' : 'posture/do-dmarc-climb',
      records: unused
        ? changed(record, (each) => ({ ...withoutTags(each, 't', 'pct', 'sp', 'np'), p: 'reject' }))
        : undefined,
    });
  } else if (current.policy === 'quarantine' && role !== 'users' && !current.testing) {
    add({
      code: 'posture/dmarc-quarantine',
      severity: unused ? 'moderate' : 'minor',
      name,
      record: text,
      see: 'RFC 9989 §4.7',
      remedy: unused ? 'posture/do-dmarc-close' : 'posture/do-dmarc-climb',
      records: unused
        ? changed(record, (each) => ({ ...withoutTags(each, 't', 'pct', 'sp', 'np'), p: 'reject' }))
        : undefined,
    });
  }
  if (current.testing && current.policy !== 'none') {
    add({
      code: 'posture/dmarc-testing',
      severity: current.asks === 'none' ? 'serious' : 'moderate',
      name,
      record: text,
      see: 'RFC 9989 §4.7',
      remedy: 'posture/do-dmarc-finish-testing',
      values: { policy: current.policy ?? '', asks: current.asks },
      records: changed(record, (each) => withoutTags(each, 't', 'pct')),
    });
  } else if (older.percent !== undefined || (record.pct === 0 && current.policy !== 'none')) {
    add({
      code: 'posture/dmarc-pct',
      severity: 'moderate',
      name,
      record: text,
      see: 'RFC 7489 §6.6.4',
      remedy: 'posture/do-dmarc-drop-pct',
      values: { percent: older.percent ?? 0, policy: current.policy ?? '' },
      records: changed(record, (each) => withoutTags(each, 'pct')),
    });
  }
  if (role === 'users' && current.policy === 'reject') {
    add({
      code: 'posture/dmarc-reject-users',
      severity: 'note',
      name,
      record: text,
      see: 'RFC 9989 §7.4',
      remedy: 'posture/do-dmarc-accept-reject',
    });
  }
}

/** What it asks for the names below. */
function below({ published, add }: Case, record: Governing): void {
  const { dmarc, wildcard, domain } = published;
  const { current } = dmarc.domain;
  const name = `_dmarc.${record.domain}`;
  if (current.asks === 'unknown' || current.policy === undefined) return;
  if (strength(dmarc.subdomain.current) < strength(current) && dmarc.subdomain.current.asks !== 'unknown') {
    const asks = dmarc.subdomain.current.asks;
    add({
      code: 'posture/dmarc-subdomains-weaker',
      severity: asks === 'none' || asks === 'nothing' ? 'serious' : 'moderate',
      name,
      record: record.text,
      see: 'RFC 9989 §4.7',
      remedy: 'posture/do-dmarc-raise-sp',
      values: { asks, policy: current.asks },
      records: changed(record, (each) => withoutTags(each, 'sp')),
    });
  }
  const { nonexistent } = dmarc;
  if (
    wildcard.exists !== 'yes' &&
    nonexistent.current.asks !== 'unknown' &&
    strength(nonexistent.current) < strength(dmarc.subdomain.current)
  ) {
    const asks = nonexistent.current.asks;
    add({
      code: 'posture/dmarc-nonexistent-weaker',
      severity: asks === 'none' || asks === 'nothing' ? 'serious' : 'moderate',
      name,
      record: record.text,
      see: 'RFC 9989 §4.7',
      remedy: 'posture/do-dmarc-raise-np',
      values: { asks, policy: dmarc.subdomain.current.asks },
      records: changed(record, (each) => ({ ...each, np: current.policy ?? 'reject' })),
    });
  }
  if (record.np !== undefined && wildcard.exists === 'yes' && record.np !== (record.sp ?? record.p)) {
    add({
      code: 'posture/dmarc-np-disabled',
      severity: 'moderate',
      name: `*.${domain}`,
      record: record.text,
      see: 'RFC 9989 §3.2.13',
      remedy: 'posture/do-wildcard-remove',
      values: { np: record.np, types: wildcard.types.join(', ') },
    });
  }
}
