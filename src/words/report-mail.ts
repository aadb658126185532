import type { Vocabulary } from './sentence.ts';

/** What is found of who wrote a report that came by mail. */
export const reportMailWords: Vocabulary = {
  'report-mail/authentic': {
    en: 'signed by {reporter}, for a From of {from}',
    nl: 'ondertekend door {reporter}, voor een From van {from}',
  },
  'report-mail/changed': {
    en: 'its signature of {reporter} does not hold: the body is not the one that was signed',
    nl: 'de handtekening van {reporter} klopt niet: de inhoud is niet die welke ondertekend is',
  },
  'report-mail/key-gone': {
    en: 'its signature of {reporter} cannot be checked: the key of selector {selector} is gone, or another',
    nl: 'de handtekening van {reporter} is niet na te gaan: de sleutel van selector {selector} is weg, of een andere',
  },
  'report-mail/no-answer': {
    en: 'the DNS did not answer for {domain}; it will be looked at again',
    nl: 'de DNS gaf geen antwoord voor {domain}; er wordt later opnieuw gekeken',
  },
  'report-mail/no-reporter': {
    en: 'the report names no domain as its reporter ({reporter}), so no signature can speak for it',
    nl: 'het rapport noemt geen domein als rapporteur ({reporter}); geen handtekening kan ervoor instaan',
  },
  'report-mail/other-address': {
    en: 'signed by {reporter}, but From is another address than the one the report gives ({email})',
    nl: 'ondertekend door {reporter}, maar From is een ander adres dan het rapport opgeeft ({email})',
  },
  'report-mail/other-author': {
    en: 'signed by {reporter} for somebody else: From is {from}',
    nl: 'ondertekend door {reporter} voor een ander: From is {from}',
  },
  'report-mail/other-signer': {
    en: 'signed by {from}, and not by the reporter it names, {reporter}',
    nl: 'ondertekend door {from}, en niet door de rapporteur die het noemt, {reporter}',
  },
  'report-mail/partly-signed': {
    en: 'its signature of {reporter} covers a part of the body only; anybody can have added the rest',
    nl: 'de handtekening van {reporter} dekt maar een deel van de inhoud; iedereen kan de rest hebben toegevoegd',
  },
  'report-mail/refuted': {
    en: 'unsigned, from {clients}, which {from} does not send from, and {from} asks for such mail to be rejected',
    nl: 'niet ondertekend, van {clients}, vanwaar {from} niet verstuurt; en {from} vraagt zulke mail te weigeren',
  },
  'report-mail/unsigned': {
    en: 'not signed by {reporter}; From is {from}',
    nl: 'niet ondertekend door {reporter}; From is {from}',
  },
};
