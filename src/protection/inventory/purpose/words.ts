/** What streams are for, as far as names tell. */
const purposes = [
  'invoices',
  'newsletters',
  'payroll',
  'recruitment',
  'tickets',
  'surveys',
  'orders',
  'appointments',
  'training',
  'outages',
  'security',
  'signing',
  'bounces',
  'devices',
  'staff',
] as const;
export type PurposeWord = (typeof purposes)[number];

/**
 * Words in names that tell what mail is for, in Dutch and English, as they begin. The first purpose that fits is the one: those that
 * tell most come first. Short words count whole only.
 */
export const tellingWords: readonly (readonly [PurposeWord, readonly string[]])[] = [
  ['payroll', ['payroll', 'payslip', 'salaris', 'loonstro', 'verloning', 'jaaropgave']],
  [
    'invoices',
    ['factu', 'factuur', 'facturen', 'invoic', 'billing', 'fact', 'betaal', 'incasso', 'payment', 'debiteur'],
  ],
  ['outages', ['storing', 'outage', 'statuspag', 'statuspage', 'onderhoud']],
  ['recruitment', ['vacature', 'recruit', 'sollicit', 'jobs', 'careers', 'werkenbij', 'werkt']],
  ['surveys', ['survey', 'enquete', 'onderzoek', 'feedback', 'nps', 'tevreden']],
  ['training', ['academie', 'academy', 'training', 'cursus', 'leren', 'elearning', 'opleiding']],
  [
    'newsletters',
    ['nieuws', 'newsletter', 'news', 'acties', 'aanbieding', 'campagne', 'campaign', 'promo', 'marketing', 'mailing'],
  ],
  ['tickets', ['ticket', 'support', 'helpdesk', 'servicedesk', 'klantenservice', 'klantcontact', 'service']],
  ['orders', ['winkel', 'shop', 'order', 'bestel', 'webshop', 'levering', 'delivery']],
  ['appointments', ['afspra', 'appointment', 'agenda', 'booking', 'planning']],
  ['security', ['alert', 'monitoring', 'nagios', 'zabbix', 'siem']],
  ['signing', ['docusign', 'ondertekenen', 'signing', 'contracten']],
  ['devices', ['printer', 'scanner', 'scan', 'mfp', 'copier', 'cron']],
];

/** By what the catalogue says a sender is mainly used for; only where that tells what the mail is for. */
export const purposeOfCategory: Readonly<Record<string, PurposeWord>> = {
  bulk: 'newsletters',
  ticketing: 'tickets',
  survey: 'surveys',
  events: 'appointments',
  signing: 'signing',
  finance: 'invoices',
  commerce: 'orders',
  learning: 'training',
  office: 'staff',
};
