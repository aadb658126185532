import type { Vocabulary } from './sentence.ts';

/** What can be wrong with a report about a single message. */
export const failureReportWords: Vocabulary = {
  'failure-report/bad-address': {
    en: '{field} is not an address: {value}',
    nl: '{field} is geen adres: {value}',
  },
  'failure-report/bad-alignment': {
    en: 'Identity-Alignment cannot be read: {value}',
    nl: 'Identity-Alignment is onleesbaar: {value}',
  },
  'failure-report/bad-base64': {
    en: '{field} is not base64',
    nl: '{field} is geen base64',
  },
  'failure-report/bad-count': {
    en: '{field} is not a number: {value}',
    nl: '{field} is geen getal: {value}',
  },
  'failure-report/bad-date': {
    en: '{field} is not a date: {value}',
    nl: '{field} is geen datum: {value}',
  },
  'failure-report/no-feedback-type': {
    en: 'the report does not say what kind it is',
    nl: 'het rapport zegt niet van welke soort het is',
  },
  'failure-report/no-original': {
    en: 'the report brings neither the message nor its header',
    nl: 'het rapport brengt het bericht noch zijn kop mee',
  },
  'failure-report/no-report-part': {
    en: 'the message holds no report',
    nl: 'het bericht bevat geen rapport',
  },
  'failure-report/plain-text': {
    en: 'the report is plain text, without the part for machines',
    nl: 'het rapport is platte tekst, zonder het deel voor machines',
  },
};
