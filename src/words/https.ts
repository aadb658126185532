import type { Vocabulary } from './sentence.ts';

/** Why a file over HTTPS could not be had. */
export const httpsWords: Vocabulary = {
  'https/no-url': {
    en: '{url} is no address that is fetched: https, at its own port, without a password',
    nl: '{url} is geen adres dat wordt opgehaald: https, op de eigen poort, zonder wachtwoord',
  },
  'https/no-address': { en: 'the host of {url} has no address', nl: 'de host van {url} heeft geen adres' },
  'https/no-answer': {
    en: 'the DNS did not tell the address of {url}',
    nl: 'de DNS vertelde het adres van {url} niet',
  },
  'https/private-address': {
    en: '{url} lies at {address}, which is no address of the public Internet, so it is not fetched',
    nl: '{url} ligt op {address}, en dat is geen adres van het openbare internet, dus het wordt niet opgehaald',
  },
  'https/unreachable': { en: '{url} could not be reached ({why})', nl: '{url} was niet te bereiken ({why})' },
  'https/timeout': {
    en: '{url} did not come in {seconds} seconds',
    nl: '{url} kwam niet binnen {seconds} seconden',
  },
  'https/certificate': {
    en: 'the certificate at {url} does not hold ({why})',
    nl: 'het certificaat op {url} houdt geen stand ({why})',
  },
  'https/redirect': {
    en: '{url} sends on to {to} (status {status}), which may not be followed',
    nl: '{url} verwijst door naar {to} (status {status}), en dat mag niet gevolgd worden',
  },
  'https/status': { en: '{url} answers with status {status}', nl: '{url} antwoordt met status {status}' },
  'https/too-large': { en: '{url} is larger than {most} bytes', nl: '{url} is groter dan {most} bytes' },
};
