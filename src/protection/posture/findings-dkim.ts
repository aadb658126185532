// What is amiss with the DKIM keys a domain publishes (RFC 6376, RFC 8301).
import { formatKeyRecord, parseKeyRecord } from '../../standards/dkim/index.ts';
import { isUpForGrabs } from './claim.ts';
import { sendsNothing, txt } from './finding.ts';
import type { Case } from './finding.ts';
import { leaningValues } from './findings-spf.ts';
import type { PublishedRecord } from './posture.ts';

export function dkimFindings({ published, role, add }: Case): void {
  const { dkim, domain } = published;
  const name = `_domainkey.${domain}`;
  const keys = dkim.selectors.filter(({ outcome }) => outcome === 'key');
  const unused = sendsNothing(role);
  if (!unused && keys.length === 0 && dkim.wildcard !== 'key') {
    if (dkim.domainkey === 'no-such-name') {
      add({
        code: 'posture/dkim-none',
        severity: 'serious',
        name,
        see: 'RFC 9989 §5.1.2',
        remedy: 'posture/do-dkim-set-up',
      });
    } else if (dkim.domainkey === 'exists') {
      add({
        code: 'posture/dkim-not-found',
        severity: 'note',
        name,
        see: 'RFC 6376 §3.1',
        remedy: 'posture/do-dkim-name-selectors',
        values: { asked: dkim.asked },
      });
    }
  }
  if (dkim.wildcard === 'key') {
    add({
      code: 'posture/dkim-wildcard-key',
      severity: 'serious',
      name: `*.${name}`,
      see: 'RFC 6376 §6.1.2',
      remedy: 'posture/do-dkim-drop-wildcard',
    });
  } else if (dkim.wildcard === 'other') {
    add({
      code: 'posture/dkim-wildcard-text',
      severity: 'minor',
      name: `*.${name}`,
      see: 'RFC 6376 §6.1.2',
      remedy: 'posture/do-dkim-drop-wildcard',
    });
  }
  for (const selector of dkim.selectors) {
    const text = published.lookups.find((each) => each.name === selector.name && each.type === 'TXT')?.records[0] ?? '';
    const at = { name: selector.name, record: text };
    const values = { selector: selector.selector, bits: selector.bits ?? 0, domain };
    if (selector.leaning !== undefined && isUpForGrabs(selector.leaning.standing)) {
      add({
        code: 'posture/dkim-dangling',
        severity: 'critical',
        name: selector.name,
        record: selector.leaning.text,
        see: 'RFC 6376 §8.4',
        remedy: 'posture/do-remove-leaning',
        values: leaningValues(selector.leaning),
      });
    }
    if (selector.outcome === 'unusable') {
      add({
        ...at,
        code: 'posture/dkim-unusable',
        severity: 'moderate',
        see: 'RFC 6376 §3.6.1',
        remedy: 'posture/do-dkim-correct',
        values,
        because: selector.problems,
      });
    }
    if (selector.outcome === 'none' && selector.origin === 'seen' && selector.leaning === undefined) {
      add({
        ...at,
        code: 'posture/dkim-seen-gone',
        severity: 'minor',
        see: 'RFC 6376 §6.1.2',
        remedy: 'posture/do-dkim-check-selector',
        values,
      });
    }
    if (selector.outcome === 'none' && selector.origin === 'given') {
      add({
        ...at,
        code: 'posture/dkim-given-missing',
        severity: 'moderate',
        see: 'RFC 6376 §6.1.2',
        remedy: 'posture/do-dkim-check-selector',
        values,
      });
    }
    if (selector.records > 1) {
      add({
        ...at,
        code: 'posture/dkim-several',
        severity: 'moderate',
        see: 'RFC 6376 §3.6.2.2',
        remedy: 'posture/do-dkim-keep-one',
        values: { ...values, count: selector.records },
      });
    }
    if (selector.outcome === 'revoked') {
      add({
        ...at,
        code: 'posture/dkim-revoked',
        severity: 'note',
        see: 'RFC 6376 §3.6.1',
        remedy: 'posture/do-nothing',
        values,
      });
    }
    if (selector.outcome !== 'key') continue;
    const bits = selector.bits ?? 0;
    const revoke: readonly PublishedRecord[] = [txt(selector.name, 'v=DKIM1; p=')];
    if (unused && role !== 'receiving') {
      add({
        ...at,
        code: 'posture/dkim-unused-key',
        severity: 'minor',
        see: 'RFC 6376 §3.6.1',
        remedy: 'posture/do-dkim-revoke',
        values,
        records: revoke,
      });
    }
    if (selector.keyType === 'rsa' && bits < 1024) {
      add({
        ...at,
        code: 'posture/dkim-key-broken',
        severity: bits < 768 ? 'critical' : 'serious',
        see: 'RFC 8301 §3.2',
        remedy: 'posture/do-dkim-replace',
        values,
      });
    } else if (selector.keyType === 'rsa' && bits < 2048) {
      add({
        ...at,
        code: 'posture/dkim-key-short',
        severity: 'minor',
        see: 'RFC 8301 §3.2',
        remedy: 'posture/do-dkim-replace',
        values,
      });
    }
    if (selector.testing) {
      const reading = parseKeyRecord(text);
      add({
        ...at,
        code: 'posture/dkim-testing',
        severity: 'minor',
        see: 'RFC 6376 §3.6.1',
        remedy: 'posture/do-dkim-finish-testing',
        values,
        records: reading.ok ? [txt(selector.name, formatKeyRecord({ ...reading.value, testing: false }))] : undefined,
      });
    }
    if (selector.sha1Only) {
      add({
        ...at,
        code: 'posture/dkim-sha1',
        severity: 'serious',
        see: 'RFC 8301 §3.1',
        remedy: 'posture/do-dkim-drop-sha1',
        values,
      });
    }
    const flaws = selector.problems.filter(({ code }) => code !== 'dkim/key-without-version');
    if (flaws.length > 0) {
      add({
        ...at,
        code: 'posture/dkim-flaws',
        severity: 'minor',
        see: 'RFC 6376 §3.6.1',
        remedy: 'posture/do-dkim-correct',
        values,
        because: flaws,
      });
    }
  }
}
