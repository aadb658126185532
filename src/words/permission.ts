import type { Vocabulary } from './sentence.ts';

/** Headings and short phrases of `zegel spf`. */
export const permissionLabels: Vocabulary = {
  'label/spf-title': { en: 'SPF of {domain}', nl: 'SPF van {domain}' },
  'label/spf-lookups': { en: '{count} of {limit} lookups', nl: '{count} van {limit} lookups' },
  'label/spf-no-record': { en: '{domain} has no SPF record', nl: '{domain} heeft geen SPF-record' },
  'label/spf-no-such-domain': { en: '{domain} does not exist', nl: '{domain} bestaat niet' },
  'label/spf-bad-domain': { en: '{domain} is no name to ask for', nl: '{domain} is geen naam om op te vragen' },
  'label/spf-several': {
    en: '{domain} has several SPF records, which is an error',
    nl: '{domain} heeft meer dan één SPF-record, en dat is een fout',
  },
  'label/spf-syntax-error': {
    en: 'the record of {domain} cannot be read',
    nl: 'het record van {domain} is niet te lezen',
  },
  'label/spf-no-answer': { en: 'the DNS does not answer for {domain}', nl: 'de DNS antwoordt niet voor {domain}' },
  'label/spf-loop': { en: '{domain} stands above itself: a loop', nl: '{domain} staat boven zichzelf: een lus' },
  'label/spf-not-fetched': {
    en: 'the tree is too large; {domain} was not looked at',
    nl: 'de boom is te groot; {domain} is niet bekeken',
  },
  'label/spf-term': { en: 'term', nl: 'term' },
  'label/spf-asks': { en: 'lookups', nl: 'lookups' },
  'label/spf-ipv4': { en: 'IPv4', nl: 'IPv4' },
  'label/spf-ipv6': { en: 'IPv6', nl: 'IPv6' },
  'label/spf-adds': { en: 'adds', nl: 'voegt toe' },
  'label/spf-rest': { en: 'the rest', nl: 'de rest' },
  'label/spf-hangs': { en: 'by message', nl: 'per bericht' },
  'label/spf-size': { en: '{size} bytes, TTL {ttl} s', nl: '{size} bytes, TTL {ttl} s' },
  'label/spf-voids': {
    en: 'finds nothing: a void lookup',
    nl: 'vindt niets: een lege lookup',
  },
  'label/spf-voids-6': {
    en: 'finds nothing for IPv6 clients: a void lookup',
    nl: 'vindt niets voor IPv6: een lege lookup',
  },
  'label/spf-voids-4': {
    en: 'finds nothing for IPv4 clients: a void lookup',
    nl: 'vindt niets voor IPv4: een lege lookup',
  },
  'label/spf-unreachable': { en: 'never reached', nl: 'wordt nooit bereikt' },
  'label/spf-shadowed': {
    en: 'adds nothing: earlier terms let all of it in',
    nl: 'voegt niets toe: eerdere termen laten het al toe',
  },
  'label/spf-overlaps': { en: 'overlaps {terms}', nl: 'overlapt {terms}' },
  'label/spf-over-limit': {
    en: 'over the limit of {limit} lookups from here',
    nl: 'vanaf hier over de grens van {limit} lookups',
  },
  'label/spf-results': { en: 'What addresses get', nl: 'Wat adressen krijgen' },
  'label/spf-unsettled': { en: 'hangs on the message', nl: 'hangt af van het bericht' },
  'label/spf-errors': { en: 'Errors', nl: 'Fouten' },
  'label/spf-error-all': { en: 'for every address', nl: 'voor elk adres' },
  'label/spf-error-some': { en: 'for some addresses ({list})', nl: 'voor een deel van de adressen ({list})' },
  'label/spf-problems': { en: 'Wrong with the texts', nl: 'Mis met de teksten' },
  'label/spf-networks': {
    en: 'Let in, as the fewest networks: {count}',
    nl: 'Toegelaten, in zo weinig mogelijk netwerken: {count}',
  },
  'label/spf-holds': { en: 'All of this holds {ttl} s.', nl: 'Dit alles geldt {ttl} s.' },
  'label/spf-void-total': {
    en: 'Void lookups: {v4} for IPv4 clients, {v6} for IPv6; at most {limit}.',
    nl: 'Lege lookups: {v4} voor IPv4, {v6} voor IPv6; hoogstens {limit}.',
  },
  'label/spf-no-term': { en: 'no term decides', nl: 'geen term beslist' },
  'label/spf-for-sender': { en: 'for the sender {sender}', nl: 'voor de afzender {sender}' },
  'label/spf-added': {
    en: 'Let in by {after} and not by {before}: {ipv4} IPv4, {ipv6} IPv6',
    nl: 'Toegelaten door {after} en niet door {before}: {ipv4} IPv4, {ipv6} IPv6',
  },
  'label/spf-same': {
    en: '{before} and {after} let in the same addresses.',
    nl: '{before} en {after} laten dezelfde adressen toe.',
  },
  'label/spf-given-record': { en: 'the record given', nl: 'het gegeven record' },
  'label/spf-depends': {
    en: 'Beyond these: {term} of {domain} hangs on the message and cannot be compared.',
    nl: 'Daarbuiten: {term} van {domain} hangt af van het bericht en is niet te vergelijken.',
  },
};
