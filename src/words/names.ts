import type { Vocabulary } from './sentence.ts';

/** Headings and short phrases about what addresses are called. */
export const namesLabels: Vocabulary = {
  'label/names-address': { en: 'address', nl: 'adres' },
  'label/names-messages': { en: 'messages', nl: 'berichten' },
  'label/names-name': { en: 'name', nl: 'naam' },
  'label/names-leads-back': { en: 'leads back', nl: 'leidt terug' },
  'label/names-day': { en: 'looked up', nl: 'opgezocht' },
  'label/names-yes': { en: 'yes', nl: 'ja' },
  'label/names-no': { en: 'no', nl: 'nee' },
  'label/names-unknown': { en: 'unknown', nl: 'onbekend' },
  'label/names-none': { en: 'none', nl: 'geen' },
  'label/names-silent': { en: 'no answer', nl: 'geen antwoord' },
  'label/names-others': { en: '{name} and {count} more', nl: '{name} en nog {count}' },
  'label/names-nothing': {
    en: 'There is no address to look up: nothing is filed, or every one was looked up lately.',
    nl: 'Er is geen adres op te zoeken: er is niets opgeslagen, of elk is pas nog opgezocht.',
  },
};
