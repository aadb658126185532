// What is amiss with how mail reaches a domain: its servers, and what keeps the way there encrypted; and with what everything rests on,
// its name servers and DNSSEC.
import { isUpForGrabs } from './claim.ts';
import { connectionFindings } from './findings-connections.ts';
import { txt } from './finding.ts';
import type { Case } from './finding.ts';
import { leaningValues } from './findings-spf.ts';

export function mailFindings(question: Case): void {
  const { published, role, add } = question;
  const { mail, domain } = published;
  const mx = published.lookups.find((each) => each.name === domain && each.type === 'MX')?.records.join(', ') ?? '';
  if (mail.problems.length > 0) {
    add({
      code: 'posture/mx-invalid',
      severity: 'moderate',
      name: domain,
      record: mx,
      see: 'RFC 5321 §5.1',
      remedy: 'posture/do-mx-correct',
      because: mail.problems,
    });
  }
  if (mail.outcome === 'implicit' || mail.outcome === 'nowhere') {
    const isParked = role === 'parked';
    // Without an address there is nowhere for mail to go; with one it is tried for days.
    add({
      code: mail.outcome === 'implicit' ? 'posture/mx-implicit' : 'posture/mx-nowhere',
      severity: mail.outcome === 'implicit' && isParked ? 'moderate' : 'minor',
      name: domain,
      see: 'RFC 7505 §3',
      remedy: isParked || role === 'absent' ? 'posture/do-null-mx' : 'posture/do-mx-or-null',
      records: isParked ? [{ name: domain, type: 'MX', value: '0 .' }] : undefined,
    });
  }
  if (mail.outcome === 'servers' || mail.outcome === 'implicit') servers(question);
  if (mail.outcome === 'servers') transport(question);
  connectionFindings(question);
  foundations(question);
  bimi(question);
}

function servers({ published, add }: Case): void {
  const { mail, domain } = published;
  for (const { host, preference, v4, v6, leaning } of mail.servers) {
    const values = { host };
    const at = { name: domain, record: `MX ${preference} ${host}`, key: host };
    if (isUpForGrabs(leaning.standing)) {
      add({
        ...at,
        code: 'posture/mx-dangling',
        severity: 'critical',
        see: 'RFC 5321 §5.1',
        remedy: 'posture/do-remove-leaning',
        values: leaningValues(leaning),
      });
    } else if (v4 === 'no' && v6 === 'no') {
      add({
        ...at,
        code: 'posture/mx-without-address',
        severity: 'serious',
        see: 'RFC 5321 §5.1',
        remedy: 'posture/do-mx-correct',
        values,
      });
    } else if (v6 === 'no') {
      add({
        ...at,
        code: 'posture/mx-without-ipv6',
        severity: 'note',
        see: 'RFC 5321 §5.2',
        remedy: 'posture/do-ipv6',
        values,
      });
    }
  }
}

function transport({ published, reportTo, add }: Case): void {
  const { mail, domain } = published;
  const { mtaSts, tlsRpt, mtaStsPolicy } = mail;
  const hasDane = mail.servers.length > 0 && mail.servers.every(({ dane }) => dane === 'secure');
  if (mtaSts.outcome === 'none') {
    const near = mtaSts.problems.length > 0;
    add({
      code: near ? 'posture/sts-invalid' : 'posture/sts-missing',
      severity: near ? 'moderate' : hasDane ? 'note' : 'minor',
      name: mtaSts.name,
      record: mtaSts.texts[0] ?? '',
      see: 'RFC 8461 §3.1',
      remedy: near ? 'posture/do-sts-correct' : 'posture/do-sts-set-up',
      because: mtaSts.problems,
    });
  } else if (mtaSts.outcome === 'invalid' || mtaSts.outcome === 'several') {
    add({
      code: 'posture/sts-invalid',
      severity: 'moderate',
      name: mtaSts.name,
      record: mtaSts.texts.join(' | '),
      see: 'RFC 8461 §3.1',
      remedy: 'posture/do-sts-correct',
      because: mtaSts.problems,
    });
  }
  if (mtaStsPolicy !== undefined) {
    const at = { name: `mta-sts.${domain}`, because: mtaStsPolicy.problems };
    if (mtaStsPolicy.mode === 'unreadable') {
      add({
        ...at,
        code: 'posture/sts-policy-unreadable',
        severity: 'moderate',
        see: 'RFC 8461 §3.3',
        remedy: 'posture/do-sts-correct',
      });
    } else if (mtaStsPolicy.mode !== 'enforce') {
      add({
        ...at,
        code: 'posture/sts-not-enforced',
        severity: 'minor',
        see: 'RFC 8461 §5',
        remedy: 'posture/do-sts-enforce',
        values: { mode: mtaStsPolicy.mode },
      });
    } else if (mtaStsPolicy.problems.length > 0) {
      const isRefused = mtaStsPolicy.problems.some(({ code }) => code === 'transport/sts-mx-refused');
      add({
        ...at,
        code: 'posture/sts-policy-flaws',
        severity: isRefused ? 'serious' : 'minor',
        see: 'RFC 8461 §4.1',
        remedy: 'posture/do-sts-correct',
      });
    }
  }
  if (tlsRpt.outcome === 'none' && tlsRpt.problems.length === 0) {
    add({
      code: 'posture/tls-rpt-missing',
      severity: 'minor',
      name: tlsRpt.name,
      see: 'RFC 8460 §3',
      remedy: 'posture/do-tls-rpt-set-up',
      records: reportTo === undefined ? undefined : [txt(tlsRpt.name, `v=TLSRPTv1; rua=${reportTo}`)],
    });
  } else if (tlsRpt.outcome !== 'record' && tlsRpt.outcome !== 'unknown') {
    add({
      code: 'posture/tls-rpt-invalid',
      severity: 'minor',
      name: tlsRpt.name,
      record: tlsRpt.texts.join(' | '),
      see: 'RFC 8460 §3',
      remedy: 'posture/do-tls-rpt-set-up',
      because: tlsRpt.problems,
    });
  }
  dane(published, add);
}

function dane({ mail, domain, dnssec }: Case['published'], add: Case['add']): void {
  const withDane = mail.servers.filter(({ dane }) => dane === 'secure');
  for (const server of mail.servers) {
    const at = { name: `_25._tcp.${server.host}`, values: { host: server.host }, because: server.daneProblems };
    if (server.dane === 'unusable') {
      add({
        ...at,
        code: 'posture/dane-unusable',
        severity: 'serious',
        see: 'RFC 7672 §3.1',
        remedy: 'posture/do-dane-correct',
      });
    } else if (server.dane === 'insecure') {
      add({
        ...at,
        code: 'posture/dane-insecure',
        severity: 'minor',
        see: 'RFC 7672 §2.1.1',
        remedy: 'posture/do-dnssec-sign',
      });
    } else if (server.dane === 'secure' && server.daneProblems.length > 0) {
      add({
        ...at,
        code: 'posture/dane-flaws',
        severity: 'minor',
        see: 'RFC 7672 §3.1',
        remedy: 'posture/do-dane-correct',
      });
    } else if (server.dane === 'none' && withDane.length > 0) {
      add({
        ...at,
        code: 'posture/dane-partly',
        severity: 'moderate',
        see: 'RFC 7672 §2.2',
        remedy: 'posture/do-dane-set-up',
      });
    }
  }
  if (mail.servers.length > 0 && mail.servers.every((each) => each.dane === 'none')) {
    add({
      code: 'posture/dane-missing',
      severity: 'note',
      name: domain,
      see: 'RFC 7672 §2',
      remedy: 'posture/do-dane-set-up',
    });
  }
  // The MX records lead to the servers: when nobody vouches for them, the TLSA records of the servers protect nothing.
  if (withDane.length > 0 && !mail.authenticated && dnssec !== 'unknown') {
    add({
      code: 'posture/dane-mx-unsigned',
      severity: 'moderate',
      name: domain,
      see: 'RFC 7672 §2.2.1',
      remedy: 'posture/do-dnssec-sign',
    });
  }
}

function foundations({ published, add }: Case): void {
  const { dnssec, domain, nameServers } = published;
  if (dnssec === 'insecure' && published.exists !== 'no-such-name') {
    add({
      code: 'posture/dnssec-missing',
      severity: 'minor',
      name: domain,
      see: 'RFC 9989 §11.3',
      remedy: 'posture/do-dnssec-sign',
    });
  } else if (dnssec === 'unvalidated') {
    add({
      code: 'posture/dnssec-unvalidated',
      severity: 'note',
      name: domain,
      see: 'RFC 4035 §3.2.3',
      remedy: 'posture/do-dnssec-resolver',
    });
  }
  for (const leaning of nameServers) {
    if (!isUpForGrabs(leaning.standing)) continue;
    add({
      code: 'posture/name-server-dangling',
      severity: 'critical',
      name: domain,
      record: leaning.text,
      see: 'RFC 9989 §11.3',
      remedy: 'posture/do-remove-leaning',
      values: leaningValues(leaning),
      key: leaning.name,
    });
  }
}

function bimi({ published, add }: Case): void {
  const { bimi: found } = published;
  if (found.outcome === 'invalid' || found.outcome === 'several') {
    add({
      code: 'posture/bimi-invalid',
      severity: 'minor',
      name: found.name,
      record: found.texts.join(' | '),
      see: 'BIMI draft',
      remedy: 'posture/do-bimi-correct',
      because: found.problems,
    });
  } else if (found.outcome === 'record' && found.obstacles.length > 0) {
    add({
      code: 'posture/bimi-without-policy',
      severity: 'minor',
      name: found.name,
      record: found.texts[0] ?? '',
      see: 'BIMI draft',
      remedy: 'posture/do-dmarc-climb',
      because: found.obstacles,
    });
  }
  if (found.files !== undefined && found.files.length > 0) {
    add({
      code: 'posture/bimi-files',
      severity: 'minor',
      name: found.name,
      record: found.texts[0] ?? '',
      see: 'BIMI draft',
      remedy: 'posture/do-bimi-files',
      because: found.files,
    });
  }
}
