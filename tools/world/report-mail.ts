// Reports as mail: the message as it stands in the mailbox of the organisation, signed by its reporter (RFC 8463, whose keys can be
// made from a seed), with the trace that our own mail host put on top.
import { createHash, createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';
import { reportHost } from './organisation.ts';

const keys = new Map<string, KeyObject>();

/** A reporter's Ed25519 key: PKCS #8 (RFC 8410 §7) around 32 bytes that follow from seed and domain. */
function keyOf(seed: string, domain: string): KeyObject {
  const label = `${seed}/${domain}`;
  let key = keys.get(label);
  if (key === undefined) {
    const secret = createHash('sha256').update(`report key/${label}`).digest();
    const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), secret]);
    keys.set(label, (key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })));
  }
  return key;
}

/** The key record of a reporter, at `rua1._domainkey.<domain>`. */
export function ed25519Record(seed: string, domain: string): string {
  const der = createPublicKey(keyOf(seed, domain)).export({ format: 'der', type: 'spki' });
  return `v=DKIM1; k=ed25519; p=${der.subarray(-32).toString('base64')}`;
}

export interface ReportMail {
  readonly seed: string;
  readonly from: string;
  /** The domain of MAIL FROM and of the signature; without `signed` there is none. */
  readonly domain: string;
  readonly signed: boolean;
  readonly address: string;
  readonly host: string;
  readonly policyDomain: string;
  readonly submitter: string;
  readonly reportId: string;
  /** Seconds. */
  readonly date: number;
  readonly fileName: string;
  readonly mediaType: string;
  readonly attachment: Buffer;
}

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** RFC 5322 §3.3 date and time, in UTC. */
function mailDate(seconds: number): string {
  const date = new Date(seconds * 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${days[date.getUTCDay()]}, ${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} +0000`;
}

/** The whole message, lines ending in CRLF. */
export function reportMail(mail: ReportMail): Buffer {
  const id = createHash('sha256').update(`${mail.fileName}/${mail.date}/${mail.address}`).digest('hex').slice(0, 24);
  const date = mailDate(mail.date);
  const boundary = `=_${id}`;
  const encoded = mail.attachment.toString('base64').replace(/.{76}/g, '$&\r\n');
  const body =
    `--${boundary}\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\nThis is a DMARC aggregate report for ${mail.policyDomain}.\r\n` +
    `--${boundary}\r\nContent-Type: ${mail.mediaType}; name="${mail.fileName}"\r\nContent-Transfer-Encoding: base64\r\n` +
    `Content-Disposition: attachment; filename="${mail.fileName}"\r\n\r\n${encoded}\r\n--${boundary}--\r\n`;
  const fields: [name: string, value: string][] = [
    ['From', mail.from],
    ['To', `dmarc@${reportHost}`],
    ['Subject', `Report Domain: ${mail.policyDomain} Submitter: ${mail.submitter} Report-ID: ${mail.reportId}`],
    ['Date', date],
    ['Message-ID', `<${id}@${mail.domain}>`],
    ['MIME-Version', '1.0'],
    ['Content-Type', `multipart/mixed; boundary="${boundary}"`],
  ];
  const header = fields.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const trace =
    `Return-Path: <dmarc-noreply@${mail.domain}>\r\nReceived: from ${mail.host} (${mail.host} [${mail.address.includes(':') ? 'IPv6:' : ''}${mail.address}])\r\n` +
    `\tby mx1.lageland.example (Postfix) with ESMTPS id ${id.slice(0, 11).toUpperCase()}\r\n\tfor <dmarc@${reportHost}>; ${date}\r\n`;
  const signature = mail.signed ? dkimField(mail, fields, body) : '';
  return Buffer.from(`${trace}${signature}${header}\r\n${body}`, 'latin1');
}

/** A signature over these fields and this body, relaxed both (RFC 6376 §3.4.2, §3.4.4; RFC 8463 §3). */
function dkimField(mail: ReportMail, fields: readonly (readonly [string, string])[], body: string): string {
  const relaxed = (text: string): string =>
    text
      .replace(/\r\n(?=[ \t])/g, '')
      .replace(/[ \t]+/g, ' ')
      .trim();
  const relaxedBody = body
    .split('\r\n')
    .map((line) => line.replace(/[ \t]+/g, ' ').replace(/ $/, ''))
    .join('\r\n')
    .replace(/(?:\r\n)+$/, '\r\n');
  const bodyHash = createHash('sha256').update(relaxedBody, 'latin1').digest('base64');
  const value =
    `v=1; a=ed25519-sha256; c=relaxed/relaxed; d=${mail.domain}; s=rua1; t=${mail.date};\r\n` +
    `\th=${fields.map(([name]) => name.toLowerCase()).join(':')};\r\n\tbh=${bodyHash};\r\n\tb=`;
  const signed = `${fields.map(([name, text]) => `${name.toLowerCase()}:${relaxed(text)}\r\n`).join('')}dkim-signature:${relaxed(value)}`;
  // RFC 8463 §3: what is signed is the hash of the header fields, not the fields.
  const digest = createHash('sha256').update(signed, 'latin1').digest();
  return `DKIM-Signature: ${value}${sign(null, digest, keyOf(mail.seed, mail.domain)).toString('base64')}\r\n`;
}

/** A message as an mbox holds it (RFC 4155; `From ` at the beginning of a line is quoted). */
export function mboxEntry(message: Buffer, seconds: number, sender: string): Buffer {
  const text = message
    .toString('latin1')
    .replaceAll('\r\n', '\n')
    .replace(/^(>*From )/gm, '>$1');
  const when = mailDate(seconds);
  const [weekday = '', day = '', month = '', year = '', time = ''] = when.replace(',', '').split(' ');
  return Buffer.from(`From ${sender} ${weekday} ${month} ${day.padStart(2, ' ')} ${time} ${year}\n${text}\n`, 'latin1');
}
