import type { Vocabulary } from './sentence.ts';

/** What can be wrong with a DKIM signature or key record, and what is to be said of one that is good. */
export const dkimWords: Vocabulary = {
  'dkim/auid-not-domain': {
    en: 'the key may only sign for its very domain (t=s), and i= names a subdomain',
    nl: 'de sleutel mag alleen voor precies zijn domein tekenen (t=s), en i= noemt een subdomein',
  },
  'dkim/auid-outside-domain': {
    en: 'the identity {auid} lies outside the signing domain {domain}',
    nl: 'de identiteit {auid} ligt buiten het ondertekenende domein {domain}',
  },
  'dkim/bad-auid': {
    en: 'i={auid} is not an identity',
    nl: 'i={auid} is geen identiteit',
  },
  'dkim/bad-base64': {
    en: '{tag}= is empty or not base64',
    nl: '{tag}= is leeg of geen base64',
  },
  'dkim/bad-key': {
    en: 'p= of the key record is not a key of its type',
    nl: 'p= van het sleutelrecord is geen sleutel van zijn soort',
  },
  'dkim/bad-number': {
    en: '{tag}={value} is not a number of the allowed length',
    nl: '{tag}={value} is geen getal van de toegestane lengte',
  },
  'dkim/bad-selector': {
    en: 's={selector} is not a selector',
    nl: 's={selector} is geen selector',
  },
  'dkim/bad-signed-field': {
    en: 'h= names "{field}", which is no header field',
    nl: 'h= noemt "{field}", wat geen kopveld is',
  },
  'dkim/bad-signing-domain': {
    en: 'd={domain} is not a domain name of at least two labels',
    nl: 'd={domain} is geen domeinnaam van minstens twee labels',
  },
  'dkim/bad-tag': {
    en: 'the tag list is malformed at "{tag}"',
    nl: 'de lijst van tags is misvormd bij "{tag}"',
  },
  'dkim/body-changed': {
    en: 'the body is not the one that was signed',
    nl: 'de inhoud is niet die welke is ondertekend',
  },
  'dkim/body-length-tag': {
    en: 'l= is used: text could be added to the message without breaking the signature',
    nl: 'l= wordt gebruikt: er kan tekst aan het bericht worden toegevoegd zonder dat de handtekening breekt',
  },
  'dkim/body-shorter-than-signed': {
    en: '{signed} bytes of body were signed and only {there} are there',
    nl: 'er zijn {signed} bytes inhoud ondertekend en er zijn er maar {there}',
  },
  'dkim/duplicate-tag': {
    en: 'the tag {tag} stands more than once',
    nl: 'de tag {tag} staat er meer dan eens',
  },
  'dkim/empty-tag': {
    en: 'two semicolons follow each other in the tag list',
    nl: "er volgen twee puntkomma's op elkaar in de lijst van tags",
  },
  'dkim/expired': {
    en: 'the signature has expired (x={expires})',
    nl: 'de handtekening is verlopen (x={expires})',
  },
  'dkim/expires-before-signed': {
    en: 'the signature expires before it was made (x= is not after t=)',
    nl: 'de handtekening verloopt voordat ze gemaakt is (x= ligt niet na t=)',
  },
  'dkim/field-added': {
    en: 'the field {field} stands more often in the message than was signed: one may have been added',
    nl: 'het veld {field} staat vaker in het bericht dan is ondertekend: er kan er een zijn toegevoegd',
  },
  'dkim/from-not-signed': {
    en: 'the signature does not cover the From field',
    nl: 'de handtekening dekt het From-veld niet',
  },
  'dkim/header-changed': {
    en: 'the signature does not match the header: a signed field was changed, or the key is not the one it was made with',
    nl: 'de handtekening past niet bij de kop: een ondertekend veld is veranderd, of de sleutel is niet die waarmee ze gemaakt is',
  },
  'dkim/key-bad-base64': {
    en: 'p= of the key record is not base64',
    nl: 'p= van het sleutelrecord is geen base64',
  },
  'dkim/key-hash-not-allowed': {
    en: 'the key record does not allow the hash {hash}',
    nl: 'het sleutelrecord staat de hash {hash} niet toe',
  },
  'dkim/key-missing-p': {
    en: 'the key record has no p=',
    nl: 'het sleutelrecord heeft geen p=',
  },
  'dkim/key-not-for-mail': {
    en: 'the key record is not for mail (s={services})',
    nl: 'het sleutelrecord is niet voor e-mail (s={services})',
  },
  'dkim/key-obsolete-tag': {
    en: 'the key record has the obsolete tag {tag}',
    nl: 'het sleutelrecord heeft de verouderde tag {tag}',
  },
  'dkim/key-revoked': {
    en: 'the key is revoked (p= is empty)',
    nl: 'de sleutel is ingetrokken (p= is leeg)',
  },
  'dkim/key-too-long': {
    en: 'the key has {bits} bits; {most} is the most that is tried',
    nl: 'de sleutel heeft {bits} bits; meer dan {most} wordt niet geprobeerd',
  },
  'dkim/key-too-short': {
    en: 'the key has {bits} bits; signatures with fewer than 1024 are never valid',
    nl: 'de sleutel heeft {bits} bits; handtekeningen met minder dan 1024 zijn nooit geldig',
  },
  'dkim/key-type-mismatch': {
    en: 'the key is of type {type} and the signature is {algorithm}',
    nl: 'de sleutel is van soort {type} en de handtekening is {algorithm}',
  },
  'dkim/key-unavailable': {
    en: 'the DNS did not answer for {name} ({reason})',
    nl: 'de DNS gaf geen antwoord voor {name} ({reason})',
  },
  'dkim/key-unknown-type': {
    en: 'the key is of an unknown type, {type}',
    nl: 'de sleutel is van een onbekende soort, {type}',
  },
  'dkim/key-version': {
    en: 'the key record begins with another version than DKIM1, or v= is not its first tag',
    nl: 'het sleutelrecord begint met een andere versie dan DKIM1, of v= is niet de eerste tag',
  },
  'dkim/key-without-version': {
    en: 'the key record has no v=DKIM1 (allowed, but recommended)',
    nl: 'het sleutelrecord heeft geen v=DKIM1 (mag, maar is aan te raden)',
  },
  'dkim/missing-tag': {
    en: 'the tag {tag}= is missing',
    nl: 'de tag {tag}= ontbreekt',
  },
  'dkim/no-key-record': {
    en: 'there is no key record for the selector',
    nl: 'er is geen sleutelrecord voor de selector',
  },
  'dkim/no-such-selector': {
    en: '{name} does not exist',
    nl: '{name} bestaat niet',
  },
  'dkim/not-a-key-record': {
    en: 'the TXT record at the selector is no key record',
    nl: 'het TXT-record bij de selector is geen sleutelrecord',
  },
  'dkim/partly-signed-body': {
    en: '{unsigned} bytes at the end of the body are not signed (l=)',
    nl: '{unsigned} bytes aan het eind van de inhoud zijn niet ondertekend (l=)',
  },
  'dkim/sha1-signature': {
    en: 'the signature uses SHA-1, which must no longer be used',
    nl: 'de handtekening gebruikt SHA-1, wat niet meer mag',
  },
  'dkim/short-key': {
    en: 'the key has {bits} bits; at least 2048 are recommended',
    nl: 'de sleutel heeft {bits} bits; minstens 2048 is aan te raden',
  },
  'dkim/signed-in-future': {
    en: 'the signature says that it was made in the future (t={signedAt})',
    nl: 'de handtekening zegt dat ze in de toekomst gemaakt is (t={signedAt})',
  },
  'dkim/testing-key': {
    en: 'the domain says that it is only testing DKIM (t=y)',
    nl: 'het domein zegt dat het DKIM alleen uitprobeert (t=y)',
  },
  'dkim/too-many-signed-fields': {
    en: 'h= names more than {most} fields',
    nl: 'h= noemt meer dan {most} velden',
  },
  'dkim/too-many-tags': {
    en: 'the tag list is longer than the limit',
    nl: 'de lijst van tags is langer dan de grens',
  },
  'dkim/unknown-algorithm': {
    en: 'the algorithm {algorithm} is unknown',
    nl: 'het algoritme {algorithm} is onbekend',
  },
  'dkim/unknown-canonicalization': {
    en: 'the canonicalization c={value} is unknown',
    nl: 'de canonicalisatie c={value} is onbekend',
  },
  'dkim/unknown-query-method': {
    en: 'the key is to be had in a way that is unknown (q={value})',
    nl: 'de sleutel is te halen op een manier die onbekend is (q={value})',
  },
  'dkim/unknown-version': {
    en: 'the version v={version} is unknown',
    nl: 'de versie v={version} is onbekend',
  },
  'dkim/unsigned-field': {
    en: 'the field {field} is not signed and could be changed',
    nl: 'het veld {field} is niet ondertekend en kan veranderd zijn',
  },
};
