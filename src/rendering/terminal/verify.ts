import type { DmarcView, Verification } from '../../protection/verification/index.ts';
import type { Problem } from '../../standards/problem.ts';
import { safeText } from '../safe-text.ts';
import { speech } from '../speech.ts';
import type { Speech } from '../speech.ts';
import { heading, paint, plain, wrapped } from './style.ts';
import type { Paint, Style } from './style.ts';

const colours: Readonly<Record<Verification['result'], Paint>> = {
  pass: 'good',
  fail: 'bad',
  none: 'warn',
  'not-known': 'warn',
  temperror: 'warn',
};

const receivers: Readonly<Record<DmarcView['receiver'], string>> = {
  rfc9989: 'RFC 9989',
  'rfc7489-icann': 'RFC 7489',
  'rfc7489-private': 'RFC 7489, private suffixes',
};

/** One message as it was judged: the verdict, the legs it rests on, why, and what a person would see. */
export function verificationText(file: string, verification: Verification, style: Style): string[] {
  const words = speech(style.language);
  return [
    paint(plain(safeText(file), style), 'dim', style),
    ...verdict(verification, style, words),
    ...legs(verification, style, words),
    ...why(verification, style, words),
    ...seen(verification, style, words),
  ];
}

function verdict({ result, authorDomain, dmarc }: Verification, style: Style, words: Speech): string[] {
  const code = authorDomain === undefined ? 'verify-no-author' : `verify-${result}`;
  const lines = wrapped(words.say(code, { domain: safeText(authorDomain ?? '') }), style, 0, colours[result]);
  const [view] = dmarc.views;
  if (view?.disposition !== undefined && view.disposition !== 'pass') {
    lines.push(...wrapped(words.say('verify-asked', { disposition: view.disposition }), style));
  }
  if (dmarc.views.some((each) => each.result !== result)) {
    lines.push(...wrapped(words.say('verify-differ'), style, 0, 'warn'));
    for (const each of dmarc.views) {
      const asked = each.disposition === undefined || each.disposition === 'pass' ? '' : ` (${each.disposition})`;
      lines.push(...wrapped(`${receivers[each.receiver]}: ${each.result}${asked}`, style, 2));
    }
  }
  return lines;
}

function legs({ connection, spf, dkim, arc, dmarc }: Verification, style: Style, words: Speech): string[] {
  const lines: string[] = [''];
  const leg = (name: string, result: string, colour: Paint | undefined, text: string): void => {
    const start = `${name.padEnd(6)} ${result.padEnd(10)} `;
    const [first = '', ...rest] = wrapped(text, style, start.length);
    const coloured = `${paint(name.padEnd(6), 'bold', style)} ${paint(result.padEnd(10), colour, style)} `;
    lines.push(`${coloured}${first.trimStart()}`, ...rest);
  };
  const near = (aligned: string): string =>
    aligned === 'not-asked' ? '' : `, ${words.say(`verify-aligned-${aligned}`)}`;
  const unknown = words.say('verify-unknown');
  const sender = connection.mailFrom?.value;
  const client = words.say('verify-client', {
    ip: safeText(connection.ip?.value ?? unknown),
    helo: safeText(connection.helo?.value ?? unknown),
    mailFrom: sender === '' ? words.say('verify-null-sender') : safeText(sender ?? unknown),
  });
  const believed =
    connection.by === undefined ? '' : ` (${words.say('verify-believed', { by: safeText(connection.by) })})`;
  const spfWho = spf.domain === undefined ? '' : `${safeText(spf.domain)}${near(spf.aligned)}; `;
  leg('SPF', spf.result, colourOf(spf.result), `${spfWho}${sentence(spf.reason, words)}`);
  lines.push(...wrapped(`${client}${believed}`, style, 18, 'dim'));
  if (spf.explanation !== undefined) lines.push(...wrapped(`"${safeText(spf.explanation)}"`, style, 18, 'dim'));
  if (dkim.signatures.length === 0) leg('DKIM', 'none', undefined, words.say('verify-no-signature'));
  for (const each of dkim.signatures) {
    const key = `${each.algorithm ?? ''}${each.keyBits === undefined ? '' : ` ${each.keyBits}`}`;
    const who = `${safeText(each.signingDomain ?? '?')}${near(each.aligned)}; s=${safeText(each.selector ?? '?')} ${safeText(key)}`;
    leg(
      'DKIM',
      each.result,
      colourOf(each.result),
      each.reason === undefined ? who : `${who}; ${sentence(each.reason, words)}`,
    );
    for (const warning of each.warnings) lines.push(...wrapped(sentence(warning, words), style, 18, 'dim'));
  }
  if (dkim.untried > 0) lines.push(...wrapped(words.say('verify-untried', { count: dkim.untried }), style, 18, 'warn'));
  const chain = arc.sets.slice(0, 5).map((set) =>
    words.say('verify-sealed', {
      domain: safeText(set.signingDomain),
      said: safeText(set.said.map((each) => `${each.method}=${each.result}`).join(' ')) || '-',
    }),
  );
  if (arc.reason !== undefined) chain.push(sentence(arc.reason, words));
  leg('ARC', arc.status, colourOf(arc.status), chain.join('; ') || words.say('verify-no-chain'));
  const [view] = dmarc.views;
  const at =
    view?.policyDomain === undefined
      ? ''
      : `${safeText(view.policyDomain)}: ${view.policyTag ?? 'p'}=${view.policy ?? '?'}`;
  leg('DMARC', dmarc.result, colours[dmarc.result], at);
  return lines;
}

function why({ dmarc, connection, problems }: Verification, style: Style, words: Speech): string[] {
  const reasons = [...dmarc.reasons, ...dmarc.differences, ...connection.problems, ...problems];
  if (reasons.length === 0) return [];
  const lines = heading(words.say('verify-why'), style);
  for (const reason of reasons.slice(0, 20)) {
    const see = reason.see === undefined ? '' : ` [${reason.see}]`;
    const [first = '', ...rest] = wrapped(`${sentence(reason, words)}${see}`, style, 4);
    lines.push(`  - ${first.trimStart()}`, ...rest);
  }
  return lines;
}

function seen({ appearance, authenticatedAs }: Verification, style: Style, words: Speech): string[] {
  const lines = heading(words.say('verify-seen'), style);
  const label = (code: string): string => words.say(code).padEnd(14);
  const row = (code: string, text: string, as?: Paint): void => {
    const [first = '', ...rest] = wrapped(text, style, 16);
    lines.push(`  ${label(code)}${paint(first.trimStart(), as, style)}`, ...rest);
  };
  for (const { name, address, domainShown } of appearance.from) {
    const shown = domainShown === undefined ? '' : ` (${safeText(domainShown)})`;
    row('verify-from', `${name === undefined ? '' : `"${safeText(name, 200)}" `}<${safeText(address, 300)}>${shown}`);
  }
  if (appearance.subject !== undefined) row('verify-subject', safeText(appearance.subject, 200));
  row(
    'verify-authenticated',
    safeText(authenticatedAs ?? words.say('verify-nobody')),
    authenticatedAs === undefined ? 'warn' : 'good',
  );
  for (const finding of appearance.findings.slice(0, 20)) {
    const [first = '', ...rest] = wrapped(
      sentence(finding, words),
      style,
      4,
      finding.weight === 'deceives' ? 'bad' : 'warn',
    );
    lines.push(`  ${finding.weight === 'deceives' ? '!' : '-'} ${first.trimStart()}`, ...rest);
  }
  return lines;
}

function sentence({ code, values }: Problem, words: Speech): string {
  return safeText(words.say(code, values), 600);
}

function colourOf(result: string): Paint | undefined {
  if (result === 'pass') return 'good';
  if (result === 'none' || result === 'neutral') return undefined;
  return result === 'fail' || result === 'permerror' ? 'bad' : 'warn';
}
