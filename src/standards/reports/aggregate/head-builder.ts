import type { Position, Problem } from '../../problem.ts';
import type { Limits } from './limits.ts';
import type { Extension, Generation, PolicyPublished, ReportHead, ReportMetadata } from './model.ts';
import { sample } from './repairs.ts';
import type { Repairs } from './repairs.ts';
import type { Objection } from './row-builder.ts';
import { alignmentModes, dateOf, discoveryMethods, headWord, nameOf, policies, testingModes } from './values.ts';

export const dmarc2Namespace = 'urn:ietf:params:xml:ns:dmarc-2.0';
export const dmarc1Namespace = 'http://dmarc.org/dmarc-xml/0.1';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Elements of the head whose text is kept as it is, and where. */
const metadataTexts: Readonly<Record<string, 'email' | 'extraContactInfo' | 'generator' | 'orgName' | 'reportId'>> = {
  org_name: 'orgName',
  email: 'email',
  extra_contact_info: 'extraContactInfo',
  report_id: 'reportId',
  generator: 'generator',
};

/** Builds what a report says but for its rows. */
export class HeadBuilder {
  namespace: string | undefined;
  readonly extensions: Extension[] = [];
  objection: Objection | undefined;

  private readonly repairs: Repairs;
  private readonly limits: Limits;
  /** Texts as they were, by path: an element that is there twice has to say the same. */
  private readonly said = new Map<string, string>();
  private metadata: Mutable<Omit<ReportMetadata, 'dateRange' | 'errors'>> = {};
  private errors: string[] = [];
  private begin: number | undefined;
  private end: number | undefined;
  private policy: Mutable<PolicyPublished> = {};
  private version: string | undefined;

  constructor(limits: Limits, noted: Repairs) {
    this.limits = limits;
    this.repairs = noted;
  }

  reset(): void {
    this.namespace = undefined;
    this.extensions.length = 0;
    this.objection = undefined;
    this.said.clear();
    this.metadata = {};
    this.errors = [];
    this.begin = undefined;
    this.end = undefined;
    this.policy = {};
    this.version = undefined;
  }

  /**
   * Takes the text of one element of the head.
   * @param path from below `feedback`: `report_metadata/org_name`
   * @param text trimmed
   */
  set(path: string, text: string, lang: string | undefined, at: Position): void {
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (name !== 'error') {
      const before = this.said.get(path);
      if (before !== undefined) {
        if (before !== text)
          this.object('reports/contradiction', { element: path, text: sample(before), other: sample(text) });
        return;
      }
      this.said.set(path, text);
    }
    if (path === 'version') this.version = text;
    else if (path.startsWith('policy_published/')) this.setPolicy(name, text, at);
    else this.setMetadata(name, text, lang, at);
  }

  private setMetadata(name: string, text: string, lang: string | undefined, at: Position): void {
    if (name === 'begin' || name === 'end') {
      const date = dateOf(text);
      if (date.seconds === undefined) {
        const code = text === '' ? 'reports/missing-date' : 'reports/bad-date';
        this.object(code, { element: name, text: sample(text) }, 'RFC 9990 §3.1.1.4');
      } else this[name] = date.seconds;
      if (date.repair !== undefined) this.repairs.note(date.repair, at, { element: name, text: sample(text) });
      return;
    }
    if (text === '') return;
    if (name === 'error') {
      if (this.errors.length === this.limits.listItems)
        this.object('reports/too-many-errors', { limit: this.limits.listItems });
      this.errors.push(text);
      if (lang !== undefined) this.metadata.errorLang ??= lang;
      return;
    }
    const key = metadataTexts[name];
    if (key === undefined) throw new Error(`no text of the metadata: ${name}`);
    this.metadata[key] = text;
    if (key === 'extraContactInfo' && lang !== undefined) this.metadata.extraContactInfoLang = lang;
  }

  private setPolicy(name: string, text: string, at: Position): void {
    const policy = this.policy;
    const word = <T extends string>(list: readonly (T | undefined)[]): T | undefined => {
      const { value, flags } = headWord(text, list);
      this.repairs.noteFlags(flags, at, { text: sample(text) });
      return value;
    };
    // `''` is never said: an empty <sp> is what reporters write for a tag that is not there.
    switch (name) {
      case 'domain': {
        const meant = nameOf(text);
        this.repairs.noteFlags(meant.flags, at, { text: sample(text) });
        if (meant.text !== undefined) policy.domain = meant.text;
        return;
      }
      case 'adkim':
      case 'aspf': {
        const mode = word(alignmentModes);
        if (mode !== undefined) policy[name] = mode;
        return;
      }
      case 'p':
      case 'sp':
      case 'np': {
        const wanted = word(policies);
        if (wanted !== undefined) policy[name] = wanted;
        return;
      }
      case 'pct': {
        if (/^\d{1,3}$/.test(text) && Number(text) <= 100) policy.pct = Number(text);
        else if (text !== '') this.repairs.note('bad-pct', at, { text: sample(text) });
        else this.repairs.note('empty-value', at, { text });
        return;
      }
      case 'testing': {
        const testing = word(testingModes);
        if (testing !== undefined) policy.testing = testing;
        return;
      }
      case 'discovery_method': {
        const method = word(discoveryMethods);
        if (method !== undefined) policy.discoveryMethod = method;
        return;
      }
      case 'fo':
        if (text !== '') policy.fo = text;
        return;
      case 'version_published':
        if (text !== '') policy.versionPublished = text;
        return;
      default:
        throw new Error(`no element of policy_published: ${name}`);
    }
  }

  addExtension(extension: Extension): void {
    if (this.extensions.length === this.limits.listItems) {
      this.object('reports/too-many-extensions', { limit: this.limits.listItems }, 'RFC 9990 §5');
    } else this.extensions.push(extension);
  }

  /**
   * What the head says when the report is at its end, or why it cannot be used.
   * @param evidence that the rows give for RFC 9990
   */
  finish(evidence: boolean, offset: number): ReportHead | Problem {
    if (this.begin === undefined || this.end === undefined) {
      const element = this.begin === undefined ? 'begin' : 'end';
      return { code: 'reports/missing-date', values: { element, text: '' }, see: 'RFC 9990 §3.1.1.4' };
    }
    if (this.end < this.begin) {
      return { code: 'reports/dates-reversed', values: { begin: this.begin, end: this.end }, see: 'RFC 9990 §3.1.1.4' };
    }
    const days = Math.ceil((this.end - this.begin) / 86_400);
    if (days > this.limits.spanDays) {
      return { code: 'reports/span-too-long', values: { days, limit: this.limits.spanDays }, see: 'RFC 9990 §3.1.1.4' };
    }
    const at = { offset };
    if (this.policy.domain === undefined) this.repairs.note('missing-policy-domain', at);
    if (this.metadata.reportId === undefined) this.repairs.note('missing-report-id', at);
    if (this.metadata.orgName === undefined && this.metadata.email === undefined)
      this.repairs.note('missing-reporter', at);
    return {
      generation: this.generation(evidence),
      ...(this.namespace === undefined ? {} : { namespace: this.namespace }),
      ...(this.version === undefined || this.version === '' ? {} : { version: this.version }),
      metadata: { ...this.metadata, dateRange: { begin: this.begin, end: this.end }, errors: this.errors },
      policyPublished: this.policy,
      extensions: [...this.extensions],
    };
  }

  /**
   * The namespace decides where there is one that is known. Without, what only RFC 9990 has is evidence: `np` is not, since
   * RFC 9091 had it before, nor is the disposition `pass`, which old reporters wrote by mistake.
   */
  private generation(evidence: boolean): Generation {
    if (this.namespace === dmarc2Namespace) return 'rfc9990';
    if (this.namespace === dmarc1Namespace) return 'rfc7489';
    const own = this.policy.testing ?? this.policy.discoveryMethod ?? this.metadata.generator;
    return evidence || own !== undefined ? 'rfc9990' : 'rfc7489';
  }

  private object(code: string, values: Objection['values'] = {}, see = 'RFC 9990 Appendix A'): void {
    this.objection ??= { code, values, see };
  }
}
