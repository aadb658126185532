// DMARC records that stand where they are not heeded, and whether anybody hears how the domain's mail fares (RFC 9989 §4.10, RFC 9990 §4).
import { changed, withoutTags } from './change-record.ts';
import type { Governing } from './change-record.ts';
import { isUpForGrabs } from './claim.ts';
import { txt } from './finding.ts';
import type { Case } from './finding.ts';

/** Records that stand where they are not heeded. */
export function placement({ published, add }: Case, record: Governing): void {
  const { dmarc, domain } = published;
  for (const problem of dmarc.place) {
    const values = problem.values ?? {};
    const own = { name: `_dmarc.${domain}`, record: dmarc.steps[0]?.texts[0] ?? '', because: [problem] };
    switch (problem.code) {
      case 'dmarc/subdomain-policy-ignored':
        add({
          ...own,
          code: 'posture/dmarc-sp-ignored',
          severity: 'minor',
          see: 'RFC 9989 §4.7',
          remedy: 'posture/do-dmarc-drop-sp',
          values: { tag: values['tag'] ?? 'sp', from: values['organizationalDomain'] ?? '' },
          key: String(values['tag'] ?? ''),
          records: record.domain === domain ? changed(record, (each) => withoutTags(each, 'sp', 'np')) : undefined,
        });
        break;
      case 'dmarc/psd-of-no-suffix':
        add({
          ...own,
          code: 'posture/dmarc-psd-wrong',
          severity: 'serious',
          see: 'RFC 9989 §4.7',
          remedy: 'posture/do-dmarc-drop-psd',
          records: changed(record, (each) => withoutTags(each, 'psd')),
        });
        break;
      case 'dmarc/suffix-without-psd':
        add({
          ...own,
          code: 'posture/dmarc-psd-missing',
          severity: 'moderate',
          see: 'RFC 9989 §5.2',
          remedy: 'posture/do-dmarc-add-psd',
          records: changed(record, (each) => ({ ...each, psd: 'y' })),
        });
        break;
      case 'dmarc/beyond-walks':
        add({
          ...own,
          code: 'posture/dmarc-beyond-walks',
          severity: 'minor',
          see: 'RFC 9989 §5.1.8',
          remedy: 'posture/do-dmarc-own-record',
        });
        break;
      default:
        break;
    }
  }
  // A record on the way up that neither is the domain's own nor governs: the nearest ancestor does not win.
  for (const step of dmarc.steps.slice(1)) {
    if (step.outcome !== 'record' || step.domain === record.domain) continue;
    if (record.domain === domain && step.domain === dmarc.organizationalDomain) continue;
    add({
      code: 'posture/dmarc-passed-over',
      severity: 'minor',
      name: step.name,
      record: step.texts[0] ?? '',
      see: 'RFC 9989 §4.10.1',
      remedy: 'posture/do-dmarc-own-record',
      values: { domain, from: record.domain },
    });
  }
}

/** Whether anybody hears how the domain's mail fares. */
export function reports({ published, reportTo, add }: Case, record: Governing): void {
  const { dmarc, domain } = published;
  const name = `_dmarc.${record.domain}`;
  if (record.rua.length === 0) {
    add({
      code: 'posture/dmarc-no-reports',
      severity: 'moderate',
      name,
      record: record.text,
      see: 'RFC 9989 §5.1.3',
      remedy: 'posture/do-dmarc-add-rua',
      records:
        reportTo === undefined
          ? undefined
          : changed(record, (each) => ({ ...each, rua: [{ uri: reportTo, scheme: 'mailto' }] })),
    });
  }
  for (const destination of dmarc.destinations) {
    const { host, uri, tag, outcome, queryName, mail, leaning, problems } = destination;
    const at = { name, record: record.text, key: `${tag} ${uri}` };
    const values = { uri, host, tag, domain };
    if (isUpForGrabs(leaning.standing)) {
      add({
        ...at,
        code: 'posture/dmarc-reports-dangling',
        severity: 'serious',
        see: 'RFC 9989 §11.2',
        remedy: 'posture/do-dmarc-change-rua',
        values: { ...values, claim: leaning.claim ?? host },
        records: changed(record, (each) => ({
          ...each,
          rua: each.rua.filter((other) => other.uri !== uri),
          ruf: each.ruf.filter((other) => other.uri !== uri),
        })),
      });
    } else if (mail === 'nowhere') {
      add({
        ...at,
        code: 'posture/dmarc-reports-undeliverable',
        severity: 'moderate',
        see: 'RFC 9989 §5.1.3',
        remedy: 'posture/do-dmarc-change-rua',
        values,
      });
    }
    if (outcome === 'not-authorised') {
      add({
        ...at,
        code: 'posture/dmarc-reports-unauthorised',
        severity: 'moderate',
        see: 'RFC 9990 §4',
        remedy: 'posture/do-dmarc-authorise',
        values: { ...values, queryName: queryName ?? '' },
        records: queryName === undefined ? undefined : [txt(queryName, 'v=DMARC1;')],
        because: problems,
      });
    } else if (outcome === 'unknown') {
      add({
        ...at,
        code: 'posture/dmarc-reports-untold',
        severity: 'note',
        see: 'RFC 9990 §4',
        remedy: 'posture/do-ask-again',
        values,
      });
    }
  }
}
