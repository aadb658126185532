import { formatAuthenticationResults } from '../authentication-results/index.ts';
import type { AuthenticationResults } from '../authentication-results/index.ts';
import { algorithmOf, BodyHashes, fieldsToSign, indexFields, sealField, writeSignedHeader } from '../dkim/index.ts';
import type { SignOptions } from '../dkim/index.ts';
import { parseMessage, rawValue } from '../mail/index.ts';
import type { HeaderField, Message } from '../mail/index.ts';
import { instanceOf, maxInstances, parseSeal } from './set.ts';
import type { ArcValidation } from './validate.ts';

/** How to seal. Canonicalization is relaxed throughout, as seals have it. */
export interface SealOptions extends Pick<SignOptions, 'privateKey' | 'selector' | 'signedAt' | 'signingDomain'> {
  /** What was found when the message came in, by ourselves (RFC 8617 §4.1.1). */
  readonly results: AuthenticationResults;
  /** What became of the chain it came with. */
  readonly chain: ArcValidation;
  /** The names of `h=`; those that DKIM would sign, and DKIM-Signature, when not given. */
  readonly signedFields?: readonly string[];
}

/**
 * Makes the ARC Set that a handler adds (RFC 8617 §5.1), after it has made its changes.
 *
 * @returns the three fields, seal first, each with its line break, to be put before the message as UTF-8; `undefined` when the chain has
 *   failed already and says so, or is as long as a chain may be.
 */
export function seal(message: Message, options: SealOptions): string | undefined {
  const { signingDomain, selector, privateKey, chain } = options;
  const newest = newestOf(message);
  if (newest.failed || newest.instance >= maxInstances) return undefined;
  const instance = newest.instance + 1;
  const status = newest.instance === 0 ? 'none' : chain.status === 'pass' ? 'pass' : 'fail';
  const algorithm = algorithmOf(privateKey);
  const time = options.signedAt === undefined ? [] : [`t=${Math.floor(options.signedAt)}`];
  const results = `ARC-Authentication-Results: i=${instance}; ${formatAuthenticationResults(options.results)}\r\n`;

  const hashes = new BodyHashes();
  const need = hashes.need({ form: 'relaxed', hash: 'sha256' });
  hashes.update(message.bytes.subarray(message.bodyStart));
  const bodyHash = hashes.digest(need).digest.toString('base64');
  const signedFields = options.signedFields ?? [
    ...fieldsToSign(message).filter((name) => !name.startsWith('arc-') && name !== 'authentication-results'),
    ...message.fields.filter((field) => field.name === 'dkim-signature').map((field) => field.name),
  ];
  const index = indexFields(message);
  const messageSignature = sealField(
    'ARC-Message-Signature',
    {
      before: [`a=${algorithm}`],
      after: [
        `bh=${bodyHash}`,
        'c=relaxed/relaxed',
        `d=${signingDomain}`,
        `h=${signedFields.join(':')}`,
        `i=${instance}`,
        `s=${selector}`,
        ...time,
      ],
      unfolded: true,
    },
    privateKey,
    (own, text, unsigned) =>
      writeSignedHeader(text, message, index, own, { signedFields, headerCanonicalization: 'relaxed', ...unsigned }),
  );

  const added = parseMessage(Buffer.from(`${results}${messageSignature}\r\n`, 'utf8'));
  const arcSeal = sealField(
    'ARC-Seal',
    {
      before: [`a=${algorithm}`],
      after: [`cv=${status}`, `d=${signingDomain}`, `i=${instance}`, `s=${selector}`, ...time],
      unfolded: true,
    },
    privateKey,
    (own, text, unsigned) => {
      text.clear();
      // §5.1.2: what a failed chain holds cannot be put in order, so only the new set is sealed.
      const before = status === 'fail' ? [] : chain.sets;
      for (const set of before) {
        for (const field of [set.resultsField, set.messageSignatureField, set.sealField]) {
          text.add(message, field, 'relaxed');
          text.lineBreak();
        }
      }
      for (const field of added.fields) {
        text.add(added, field, 'relaxed');
        text.lineBreak();
      }
      text.add(own.message, own.field, 'relaxed', { start: unsigned.signatureStart, end: unsigned.signatureEnd });
    },
  );
  return `${arcSeal}${messageSignature}${results}`;
}

/** The highest instance on a message, however broken the chain, and whether its seal says that the chain has failed. */
function newestOf(message: Message): { instance: number; failed: boolean } {
  let instance = 0;
  let sealing: HeaderField | undefined;
  for (const field of message.fields) {
    if (!field.name.startsWith('arc-')) continue;
    const own = instanceOf(message, field);
    if (typeof own !== 'number' || own < instance) continue;
    if (own > instance) sealing = undefined;
    instance = own;
    if (field.name === 'arc-seal') sealing = field;
  }
  const reading = sealing === undefined ? undefined : parseSeal(rawValue(message, sealing));
  return { instance, failed: reading?.ok === true && reading.value.chainStatus === 'fail' };
}
