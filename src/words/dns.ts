import type { Vocabulary } from './sentence.ts';

/** What can be wrong with a name, or with an answer of the DNS. */
export const dnsWords: Vocabulary = {
  'dns/empty-name': { en: 'the domain name is empty', nl: 'de domeinnaam is leeg' },
  'dns/name-too-long': {
    en: 'the domain name {name} is longer than 253 characters',
    nl: 'de domeinnaam {name} is langer dan 253 tekens',
  },
  'dns/label-too-long': {
    en: 'a label of {name} is longer than 63 characters',
    nl: 'een label van {name} is langer dan 63 tekens',
  },
  'dns/empty-label': {
    en: '{name} has an empty label (two dots in a row)',
    nl: '{name} heeft een leeg label (twee punten achter elkaar)',
  },
  'dns/bad-name': { en: '{name} is not a domain name', nl: '{name} is geen domeinnaam' },
};
