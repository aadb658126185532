import type { Vocabulary } from './sentence.ts';

/** What can be wrong with a list of networks. */
export const networksWords: Vocabulary = {
  'networks/bad-line': {
    en: 'this line is not `prefix,asn,name,country`: {line}',
    nl: 'deze regel is geen `prefix,asn,naam,land`: {line}',
  },
};
