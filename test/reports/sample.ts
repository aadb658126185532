// Reports for the tests: whole and valid, with parts that a case replaces by what it is about.

export interface SampleParts {
  readonly declaration?: string;
  readonly open?: string;
  readonly version?: string;
  readonly orgName?: string;
  readonly email?: string;
  /** Further elements of `report_metadata`. */
  readonly metadata?: string;
  readonly reportId?: string;
  readonly dates?: string;
  readonly policy?: string;
  readonly records?: readonly string[];
  readonly close?: string;
}

export interface RecordParts {
  readonly source?: string;
  readonly count?: string;
  readonly disposition?: string;
  readonly dkim?: string;
  readonly spf?: string;
  /** Further elements of `policy_evaluated`. */
  readonly reasons?: string;
  readonly identifiers?: string;
  readonly auth?: string;
  /** Behind `auth_results`. */
  readonly more?: string;
}

/** A `<record>`: three messages of 192.0.2.1, aligned by DKIM. A part of `''` is left out with its element. */
export function recordXml(parts: RecordParts = {}): string {
  const element = (name: string, text: string): string => (text === '' ? '' : `<${name}>${text}</${name}>`);
  return `  <record>
    <row>
      ${element('source_ip', parts.source ?? '192.0.2.1')}
      ${element('count', parts.count ?? '3')}
      <policy_evaluated>
        ${element('disposition', parts.disposition ?? 'none')}
        ${element('dkim', parts.dkim ?? 'pass')}
        ${element('spf', parts.spf ?? 'fail')}${parts.reasons ?? ''}
      </policy_evaluated>
    </row>
    ${parts.identifiers ?? '<identifiers><header_from>example.com</header_from></identifiers>'}
    ${
      parts.auth ??
      `<auth_results>
      <dkim><domain>example.com</domain><selector>s1</selector><result>pass</result></dkim>
      <spf><domain>bounce.example.net</domain><scope>mfrom</scope><result>pass</result></spf>
    </auth_results>`
    }${parts.more ?? ''}
  </record>
`;
}

/** A report of one record, or of those given. */
export function reportXml(parts: SampleParts = {}): string {
  return `${parts.declaration ?? '<?xml version="1.0" encoding="UTF-8"?>\n'}${parts.open ?? '<feedback>'}
  ${parts.version ?? '<version>1.0</version>'}
  <report_metadata>
    <org_name>${parts.orgName ?? 'Receiver'}</org_name>
    <email>${parts.email ?? 'dmarc@receiver.example'}</email>
    <report_id>${parts.reportId ?? 'r1'}</report_id>
    ${parts.dates ?? '<date_range><begin>1767225600</begin><end>1767311999</end></date_range>'}${parts.metadata ?? ''}
  </report_metadata>
  ${parts.policy ?? '<policy_published><domain>example.com</domain><p>none</p></policy_published>'}
${(parts.records ?? [recordXml()]).join('')}${parts.close ?? '</feedback>'}
`;
}
