import assert from 'node:assert/strict';
import { createHash, X509Certificate } from 'node:crypto';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { alone, authority, inTime, mark, signed } from '../../../test/hand-made/certificates.ts';
import { certificateNames, matchTlsa, readCertificate } from './index.ts';
import type { DaneVerdict, TlsaRecord } from './index.ts';

const keyOf = (der: Uint8Array): Uint8Array =>
  new X509Certificate(der).publicKey.export({ type: 'spki', format: 'der' });
/** A record as it is written, of a certificate. */
function record(kind: string, der: Uint8Array): TlsaRecord {
  const [usage = 0, selector = 0, matchingType = 0] = kind.split(' ').map(Number);
  const whole = selector === 0 ? der : keyOf(der);
  const data =
    matchingType === 0
      ? whole
      : createHash(matchingType === 1 ? 'sha256' : 'sha512')
          .update(whole)
          .digest();
  return { usage, selector, matchingType, data };
}

describe('TLSA records and the certificates a server sent', () => {
  const late = new Date('2040-01-01T00:00:00Z');
  const early = new Date('2026-01-01T00:00:00Z');
  const own = [signed, authority];
  const names = ['mx1.example.com', 'example.com'];
  const cases: [
    name: string,
    records: TlsaRecord[],
    chain: Uint8Array[],
    names: string[],
    at: Date,
    verdict: DaneVerdict | undefined,
  ][] = [
    ['DANE-EE, key, SHA2-256', [record('3 1 1', signed)], own, names, inTime, 'match'],
    ['DANE-EE, key, SHA2-512', [record('3 1 2', signed)], own, names, inTime, 'match'],
    ['DANE-EE, key, whole', [record('3 1 0', signed)], own, names, inTime, 'match'],
    ['DANE-EE, certificate', [record('3 0 1', signed)], own, names, inTime, 'match'],
    ['DANE-EE, certificate, whole', [record('3 0 0', signed)], own, names, inTime, 'match'],
    ['DANE-EE looks at no name (§3.1.1)', [record('3 1 1', signed)], own, ['mx9.example.net'], inTime, 'match'],
    ['DANE-EE looks at no date (§3.1.1)', [record('3 1 1', signed)], own, names, late, 'match'],
    ['DANE-EE of a certificate signed by itself', [record('3 1 1', alone)], [alone], names, inTime, 'match'],
    ['DANE-EE of the authority is of nobody', [record('3 1 1', authority)], own, names, inTime, 'mismatch'],
    ['DANE-EE, another key with the same name', [record('3 1 1', alone)], own, names, inTime, 'mismatch'],
    [
      'the next certificate beside this one',
      [record('3 1 1', alone), record('3 1 1', signed)],
      own,
      names,
      inTime,
      'match',
    ],
    ['DANE-TA, key', [record('2 1 1', authority)], own, names, inTime, 'match'],
    ['DANE-TA, certificate', [record('2 0 1', authority)], own, names, inTime, 'match'],
    ['DANE-TA and a wildcard', [record('2 1 1', authority)], own, ['mx2.wild.example.com'], inTime, 'match'],
    ['DANE-TA looks at the name (§3.1.2)', [record('2 1 1', authority)], own, ['mx9.example.net'], inTime, 'name'],
    ['DANE-TA, the domain for a name', [record('2 1 1', authority)], [mark, authority], names, inTime, 'match'],
    ['DANE-TA looks at the dates (§3.1.2)', [record('2 1 1', authority)], own, names, late, 'expired'],
    ['DANE-TA before the dates', [record('2 1 1', authority)], own, names, early, 'expired'],
    ['DANE-TA, authority not sent', [record('2 1 1', authority)], [signed], names, inTime, 'mismatch'],
    ['DANE-TA, the whole authority in the record', [record('2 0 0', authority)], [signed], names, inTime, 'match'],
    ['DANE-TA, and it did not sign', [record('2 1 1', authority)], [alone, authority], names, inTime, 'chain'],
    ['DANE-TA, the whole one did not sign', [record('2 0 0', authority)], [alone], names, inTime, 'chain'],
    ['DANE-TA of the server itself is none', [record('2 1 1', alone)], [alone], names, inTime, 'mismatch'],
    ['PKIX-EE is not used (§3.1.3)', [record('1 1 1', signed)], own, names, inTime, undefined],
    ['PKIX-TA is not used (§3.1.3)', [record('0 1 1', authority)], own, names, inTime, undefined],
    ['no records', [], own, names, inTime, undefined],
    ['no certificates', [record('3 1 1', signed)], [], names, inTime, 'mismatch'],
    ['what is no certificate', [record('3 1 1', signed)], [new Uint8Array([1, 2, 3])], names, inTime, 'mismatch'],
  ];
  for (const [name, records, chain, called, at, verdict] of cases) {
    it(`${name}: ${verdict ?? 'nothing to go by'}`, () => assert.equal(matchTlsa(records, chain, called, at), verdict));
  }
  it('never throws', () => {
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 600 }), fc.constantFrom(signed, authority, alone));
    const records = fc.array(
      fc.record({
        usage: fc.constantFrom(2, 3),
        selector: fc.constantFrom(0, 1),
        matchingType: fc.constantFrom(0, 1, 2),
        data: bytes,
      }),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(records, fc.array(bytes, { maxLength: 12 }), (list, chain) => {
        matchTlsa(list, chain, ['mx1.example.com'], inTime);
      }),
    );
  });
});

describe('the names in a certificate', () => {
  it('are read, with its dates and who issued it', () =>
    assert.deepEqual(readCertificate(signed), {
      names: ['mx1.example.com', '*.wild.example.com'],
      issuer: 'Proef CA',
      firstDay: '2026-11-24',
      lastDay: '2036-11-21',
      // openssl x509 -pubkey -noout | openssl pkey -pubin -outform DER | sha256sum
      publicKeySha256: 'a3a5890d0410545fd97bb8b4dd4705767bcd34909fc866d38eecc3e65604e402',
    }));
  it('are none where only a common name is', () => assert.deepEqual(readCertificate(alone)?.names, []));
  it('are none of what is no certificate', () => assert.equal(readCertificate(new Uint8Array(100)), undefined));
  const cases: [names: string[], host: string, fits: boolean][] = [
    [['mx.example.com'], 'mx.example.com', true],
    [['mx.example.com'], 'MX.Example.COM.', true],
    [['*.example.com'], 'mx.example.com', true],
    [['*.example.com'], 'example.com', false],
    [['*.example.com'], 'a.mx.example.com', false],
    [['*.com'], 'example.com', false],
    [['m*.example.com'], 'mx.example.com', false],
    [['mx.*.com'], 'mx.example.com', false],
    [['*'], 'mx', false],
    [[], 'mx.example.com', false],
  ];
  for (const [names, host, fits] of cases) {
    it(`${names.join(' ')} ${fits ? 'names' : 'does not name'} ${host}`, () =>
      assert.equal(certificateNames(names, host), fits));
  }
});
