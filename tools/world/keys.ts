// DKIM key records that look as real ones do. The modulus is dice, not a product of two primes: nothing in a world signs with it,
// but its length and its form are right. (Reporters sign their mail with real keys: report-mail.ts.)
import { random } from './random.ts';

/** `v=DKIM1; k=rsa; p=…` for a label: the same label, the same key. */
export function keyRecord(label: string, bits: number): string {
  const dice = random('key', label, bits);
  const modulus = Buffer.alloc(bits / 8);
  for (let i = 0; i < modulus.length; i++) modulus[i] = dice.below(256);
  modulus[0] = modulus[0]! | 0x80;
  modulus[modulus.length - 1] = modulus.at(-1)! | 1;
  const rsaKey = der(0x30, der(0x02, Buffer.concat([Buffer.of(0), modulus])), der(0x02, Buffer.of(1, 0, 1)));
  const algorithm = Buffer.from('300d06092a864886f70d0101010500', 'hex');
  const publicKey = der(0x30, algorithm, der(0x03, Buffer.of(0), rsaKey));
  return `v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`;
}

/** A DER element: tag, length, contents (X.690 §8.1). */
function der(tag: number, ...contents: readonly Buffer[]): Buffer {
  const body = Buffer.concat(contents);
  const length =
    body.length < 128
      ? Buffer.of(body.length)
      : body.length < 256
        ? Buffer.of(0x81, body.length)
        : Buffer.of(0x82, body.length >> 8, body.length & 255);
  return Buffer.concat([Buffer.of(tag), length, body]);
}
