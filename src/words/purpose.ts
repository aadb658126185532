import type { Vocabulary } from './sentence.ts';

/** From what the purpose of a stream is guessed. */
export const purposeWords: Vocabulary = {
  'purpose/author-domain': { en: 'it mails as {name}', nl: 'ze mailt als {name}' },
  'purpose/selector': { en: 'it signs with the selector {name}', nl: 'ze ondertekent met de selector {name}' },
  'purpose/envelope': { en: 'its envelope is {name}', nl: 'haar envelop is {name}' },
  'purpose/null-sender': {
    en: 'all of it has a null sender, as bounces and automatic replies have',
    nl: 'alles heeft een lege afzender, zoals bounces en automatische antwoorden',
  },
  'purpose/party': { en: 'its party is {name}', nl: 'haar partij is {name}' },
  'purpose/sender': {
    en: 'its sender is mainly used for this ({category})',
    nl: 'haar afzender wordt daar vooral voor gebruikt ({category})',
  },
  'purpose/rhythm': { en: 'it comes {rhythm}', nl: 'ze komt {rhythm}' },
};

/** What streams are for. */
export const purposeLabels: Vocabulary = {
  'label/purpose-perhaps': { en: 'perhaps {purpose}', nl: 'wellicht {purpose}' },
  'label/purpose-guess': { en: 'perhaps {purpose} (a guess: {why})', nl: 'wellicht {purpose} (een gok: {why})' },
  'label/purpose-invoices': { en: 'invoices', nl: 'facturen' },
  'label/purpose-newsletters': { en: 'newsletters', nl: 'nieuwsbrieven' },
  'label/purpose-payroll': { en: 'payroll', nl: 'salarissen' },
  'label/purpose-recruitment': { en: 'recruitment', nl: 'werving' },
  'label/purpose-tickets': { en: 'tickets', nl: 'tickets' },
  'label/purpose-surveys': { en: 'surveys', nl: 'enquêtes' },
  'label/purpose-orders': { en: 'orders', nl: 'bestellingen' },
  'label/purpose-appointments': { en: 'appointments', nl: 'afspraken' },
  'label/purpose-training': { en: 'training', nl: 'opleidingen' },
  'label/purpose-outages': { en: 'outage notices', nl: 'storingsberichten' },
  'label/purpose-security': { en: 'alerts', nl: 'alarmen' },
  'label/purpose-signing': { en: 'contracts to sign', nl: 'contracten om te ondertekenen' },
  'label/purpose-bounces': { en: 'bounces and automatic replies', nl: 'bounces en automatische antwoorden' },
  'label/purpose-devices': { en: 'devices and scripts', nl: 'apparaten en scripts' },
  'label/purpose-staff': { en: 'mail of staff', nl: 'mail van medewerkers' },
};
