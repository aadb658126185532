import type { Vocabulary } from './sentence.ts';

/** What can be wrong with a file of one's own senders, or with a map of reverse names. */
export const sendersWords: Vocabulary = {
  'senders/bad-json': {
    en: 'the file of senders begins like JSON and cannot be read as that: {why}',
    nl: 'het bestand met afzenders begint als JSON en is niet zo te lezen: {why}',
  },
  'senders/not-a-list': {
    en: 'the file of senders is neither a list of entries nor an object with such a list in `senders`',
    nl: 'het bestand met afzenders is geen lijst van ingangen en geen object met zo’n lijst in `senders`',
  },
  'senders/not-an-entry': { en: '{path} is no entry', nl: '{path} is geen ingang' },
  'senders/no-columns': {
    en: 'the file of senders has no header line with a column `id` or `name`',
    nl: 'het bestand met afzenders heeft geen kopregel met een kolom `id` of `name`',
  },
  'senders/unknown-field': {
    en: '{field} is no field of a sender; it is left out',
    nl: '{field} is geen veld van een afzender; weggelaten',
  },
  'senders/nameless': {
    en: '{place}: a sender without a name or an id; it is left out',
    nl: '{place}: een afzender zonder naam of id; weggelaten',
  },
  'senders/unknown-id': {
    en: '{place}: no shipped sender is called {id}, and the entry has no name; it stands as a sender of its own',
    nl: '{place}: geen meegeleverde afzender heet {id}, en de ingang heeft geen naam; zij geldt als een afzender op zich',
  },
  'senders/unrecognisable': {
    en: '{place}: nothing in the entry recognises {id}',
    nl: '{place}: niets in de ingang herkent {id}',
  },
  'senders/twice': {
    en: '{place}: {id} already stands in the file; the first counts',
    nl: '{place}: {id} staat al in het bestand; de eerste telt',
  },
  'senders/bad-value': {
    en: '{place}: {field} cannot be {value}; it is left out',
    nl: '{place}: {field} kan geen {value} zijn; weggelaten',
  },
  'senders/bad-domain': {
    en: '{place}: {domain} in {field} is no domain name; it is left out',
    nl: '{place}: {domain} in {field} is geen domeinnaam; weggelaten',
  },
  'senders/bad-pattern': {
    en: '{place}: {pattern} in {field} is no label: letters, digits, `-`, `_`, `.`, with `*` for anything, `#` for a digit and `?` for a character of base 32; it is left out',
    nl: '{place}: {pattern} in {field} is geen label: letters, cijfers, `-`, `_`, `.`, met `*` voor alles, `#` voor een cijfer en `?` voor een teken van base 32; weggelaten',
  },
  'senders/bad-network': {
    en: '{place}: {entry} is no network (192.0.2.0/24, 2001:db8::/48) and no address; it is left out',
    nl: '{place}: {entry} is geen netwerk (192.0.2.0/24, 2001:db8::/48) en geen adres; weggelaten',
  },
  'senders/too-wide': {
    en: '{place}: nobody has all of {entry}; it is left out',
    nl: '{place}: niemand heeft heel {entry}; weggelaten',
  },
  'senders/bad-asn': {
    en: '{place}: {asn} is no number of an autonomous system; it is left out',
    nl: '{place}: {asn} is geen nummer van een autonoom systeem; weggelaten',
  },
  'senders/no-map': {
    en: 'the map of reverse names has no columns `base_reverse_dns` and `name`',
    nl: 'de lijst van reverse namen heeft geen kolommen `base_reverse_dns` en `name`',
  },
  'senders/bad-map-line': {
    en: 'line {line}: {domain} is no domain below a top-level one, or has no name beside it; it is left out',
    nl: 'regel {line}: {domain} is geen domein onder een topleveldomein, of er staat geen naam bij; weggelaten',
  },
};
