// What is taken of the keys that mail servers show when they are connected to.
import assert from 'node:assert/strict';
import { createHash, X509Certificate } from 'node:crypto';
import { describe, it } from 'node:test';
import { alone, signed } from '../../../test/hand-made/certificates.ts';
import { connections, encrypts, tlsaOfCertificate } from '../../../test/hand-made/connections.ts';
import { domainName } from '../../standards/dns/index.ts';
import { keysShown, lookAt } from './index.ts';
import type { Greeting } from './index.ts';
import { good, world } from './world.testing.ts';

const digest = (der: Uint8Array): string =>
  createHash('sha256')
    .update(new X509Certificate(der).publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex');
const [ours, other] = [digest(signed), digest(alone)];
const noTlsa = '- _25._tcp.mx1.example.com. TLSA';

describe('keys that mail servers show', () => {
  const cases: [why: string, greetings: Partial<Greeting>[], changes: string, keys: (readonly [string, boolean])[]][] =
    [
      ['a certificate that holds', [encrypts], noTlsa, [[ours, true]]],
      ['one that nobody vouches for', [{ ...encrypts, distrust: 'self-signed certificate' }], noTlsa, [[ours, false]]],
      [
        'the same, and TLSA records do',
        [{ ...encrypts, distrust: 'self-signed certificate' }],
        tlsaOfCertificate,
        [[ours, true]],
      ],
      ['one of another name', [{ ...encrypts, chain: [alone] }], noTlsa, [[other, false]]],
      ['two addresses, two keys', [encrypts, { ...encrypts, address: '2001:db8::1', chain: [alone] }], noTlsa, [[ours, true], [other, false]]], // prettier-ignore
      ['no encryption', [{ outcome: 'no-starttls' }], noTlsa, []],
      ['what is no certificate', [{ ...encrypts, chain: [new Uint8Array(9)] }], noTlsa, []],
    ];
  for (const [why, greetings, changes, keys] of cases)
    it(why, async () => {
      const { published } = await lookAt(domainName('example.com'), world(good, changes), {
        connections: connections(greetings),
      });
      assert.deepEqual(
        keysShown(published.mail.servers).map(({ host, key, verified }) => [host, key, verified]),
        keys.map(([key, verified]) => ['mx1.example.com', key, verified]),
      );
    });
  it('none where nobody connected', async () => {
    const { published } = await lookAt(domainName('example.com'), world(good, ''));
    assert.deepEqual(keysShown(published.mail.servers), []);
  });
});
