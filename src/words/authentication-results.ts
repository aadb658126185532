import type { Vocabulary } from './sentence.ts';

/** What can be wrong with an Authentication-Results field. */
export const authenticationResultsWords: Vocabulary = {
  'authentication-results/bad-element': {
    en: '"{text}" is no result; it was left out',
    nl: '"{text}" is geen resultaat; het is weggelaten',
  },
  'authentication-results/bad-property': {
    en: 'what follows the result of {method} cannot be read; it was left out',
    nl: 'wat op het resultaat van {method} volgt is onleesbaar; het is weggelaten',
  },
  'authentication-results/empty': {
    en: 'the field is empty',
    nl: 'het veld is leeg',
  },
  'authentication-results/no-authserv-id': {
    en: 'the field does not say who wrote it',
    nl: 'het veld zegt niet wie het schreef',
  },
  'authentication-results/too-many-results': {
    en: 'the field has more than {most} results; the rest was not read',
    nl: 'het veld heeft meer dan {most} resultaten; de rest is niet gelezen',
  },
  'authentication-results/unclosed': {
    en: 'a comment or quotation in the field does not end',
    nl: 'een commentaar of aanhaling in het veld eindigt niet',
  },
  'authentication-results/unknown-version': {
    en: 'the field is of the unknown version {version}',
    nl: 'het veld is van de onbekende versie {version}',
  },
};
