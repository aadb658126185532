import type { Vocabulary } from './sentence.ts';

/** What the pages of `zegel ladder --html` and `zegel what-if --html` say beyond what a terminal does. */
export const pagesLabels: Vocabulary = {
  'label/page-made': {
    en: 'Made by Zegel on {day}, from DMARC aggregate reports and the records that were kept. Days are UTC.',
    nl: 'Gemaakt door Zegel op {day}, uit DMARC-verzamelrapporten en de records die bewaard zijn. Dagen zijn UTC.',
  },
  'label/ladder-page-title': { en: 'Where {name} stands', nl: 'Waar {name} staat' },
  'label/ladder-page-title-more': {
    en: 'Where {name} and {count} more {count:domain stands|domains stand}',
    nl: 'Waar {name} en nog {count} {count:domein staan|domeinen staan}',
  },
  'label/ladder-page-title-all': { en: 'Where the domains stand', nl: 'Waar de domeinen staan' },
  'label/ladder-page-as-of': { en: 'As of {day}', nl: 'Stand van {day}' },
  'label/ladder-tile-domains': { en: 'domains', nl: 'domeinen' },
  'label/ladder-tile-there': { en: 'on their last rung', nl: 'op hun laatste trede' },
  'label/ladder-tile-open': { en: 'gates open', nl: 'poorten open' },
  'label/ladder-tile-streams': { en: 'streams in the way', nl: 'stromen in de weg' },
  'label/ladder-tile-tasks': { en: 'open tasks', nl: 'open taken' },
  'label/ladder-page-rungs': { en: 'The portfolio on the ladder', nl: 'De portefeuille op de ladder' },
  'label/ladder-page-rungs-about': {
    en: 'Domains by the rung they stand on, the strictest on the right. On a soft rung receivers do one step less than it says, or do it to a share of the mail only.',
    nl: 'Domeinen naar de trede waarop ze staan, de strengste rechts. Op een zachte trede doen ontvangers één stap minder dan er staat, of doen ze het met een deel van de mail.',
  },
  'label/ladder-page-when': { en: 'When the last may be there', nl: 'Wanneer de laatste er kan zijn' },
  'label/ladder-page-week': { en: 'week up to', nl: 'week tot en met' },
  'label/ladder-page-opened': { en: 'came', nl: 'erbij' },
  'label/ladder-page-closed': { en: 'went', nl: 'eraf' },
  'label/ladder-page-in-the-way': { en: 'in the way', nl: 'in de weg' },
  'label/ladder-page-week-title': {
    en: 'Week up to {day}: {open} in the way, {opened} came, {closed} went',
    nl: 'Week tot en met {day}: {open} in de weg, {opened} erbij, {closed} eraf',
  },
  'label/ladder-page-no-streams': {
    en: 'No stream was in the way in these weeks.',
    nl: 'In deze weken was er geen stroom in de weg.',
  },
  'label/ladder-page-beyond': {
    en: 'The picture ends on {day}; what lies later is in the words above it.',
    nl: 'Het plaatje eindigt op {day}; wat later komt staat in de woorden erboven.',
  },
  'label/ladder-page-domains': { en: 'Every domain, and its gate', nl: 'Elk domein, en zijn poort' },
  'label/ladder-page-domains-about': {
    en: 'The gate to the next rung is open when nothing that is wanted would be lost and the present rung has held long enough. sp is asked for names below the domain, np for those that do not exist.',
    nl: 'De poort naar de volgende trede is open als niets dat gewenst is verloren gaat en de huidige trede lang genoeg heeft gegolden. sp geldt voor namen onder het domein, np voor die niet bestaan.',
  },
  'label/ladder-page-held': { en: '{days} {days:day|days}', nl: '{days} {days:dag|dagen}' },
  'label/ladder-page-held-longer': { en: '{days} {days:day|days} or longer', nl: '{days} {days:dag|dagen} of langer' },
  'label/ladder-page-role-proposed': { en: '{role} (proposed)', nl: '{role} (voorgesteld)' },
  'label/ladder-page-why': { en: 'Why', nl: 'Waarom' },
  'label/ladder-page-tasks': { en: 'What to do first, and who', nl: 'Wat eerst, en wie' },
  'label/ladder-page-tasks-about': {
    en: 'The most urgent tasks of each owner. The mail itself says when one is done.',
    nl: 'De dringendste taken van elke eigenaar. De post zelf vertelt wanneer er een gedaan is.',
  },
  'label/ladder-page-owner': {
    en: '{owner}: {count} {count:task|tasks}',
    nl: '{owner}: {count} {count:taak|taken}',
  },
  'label/ladder-page-by': { en: 'by', nl: 'vóór' },
  'label/ladder-page-owners-more': {
    en: '{count} more {count:owner has|owners have} tasks: {command}',
    nl: 'Nog {count} {count:eigenaar heeft|eigenaren hebben} taken: {command}',
  },
  'label/ladder-page-unknown': { en: 'What this cannot know', nl: 'Wat dit niet kan weten' },
  'label/ladder-page-receivers': {
    en: 'Receivers have the last word: a policy asks, it does not force (RFC 9989).',
    nl: 'Ontvangers hebben het laatste woord: een beleid vraagt, het dwingt niet (RFC 9989).',
  },
  'label/ladder-page-forecast': {
    en: 'A date is what the pace of late comes to. It knows nothing of holidays, of work that turns out harder, or of senders that refuse.',
    nl: 'Een datum is waar het tempo van de laatste tijd op uitkomt. Die weet niets van vakanties, van werk dat tegenvalt, of van verzenders die niet willen.',
  },
  'label/ladder-page-roles': {
    en: 'What {count} {count:domain is|domains are} for is proposed by Zegel; nobody has said so yet.',
    nl: 'Waar {count} {count:domein|domeinen} voor {count:is|zijn} is een voorstel van Zegel; niemand heeft het nog gezegd.',
  },
  'label/ladder-page-untold': {
    en: 'What {count} {count:domain publishes|domains publish} is not known, or only from reports.',
    nl: 'Wat {count} {count:domein publiceert|domeinen publiceren} is niet bekend, of alleen uit rapporten.',
  },
  'label/ladder-page-unreported': {
    en: 'Of {count} {count:domain|domains} no report tells.',
    nl: 'Van {count} {count:domein|domeinen} vertelt geen rapport.',
  },
  'label/what-if-page-change': { en: 'The change', nl: 'De verandering' },
  'label/what-if-page-fates': { en: 'What becomes of the mail', nl: 'Wat er van de mail wordt' },
  'label/what-if-page-fates-about': {
    en: 'Each pair of bars: as it is, and with the change.',
    nl: 'Elk paar balken: zoals het is, en met de verandering.',
  },
  'label/what-if-page-before': { en: 'as it is', nl: 'zoals het is' },
  'label/what-if-page-after': { en: 'with the change', nl: 'met de verandering' },
  'label/what-if-page-wanted': { en: 'Wanted', nl: 'Gewenst' },
  'label/what-if-page-undecided': { en: 'Nobody has decided', nl: 'Niemand heeft beslist' },
  'label/what-if-page-forwarded': { en: 'Forwarded by others', nl: 'Doorgestuurd door anderen' },
  'label/what-if-page-unwanted': { en: 'Unwanted', nl: 'Ongewenst' },
  'label/what-if-page-nothing-changes': {
    en: 'No stream would be delivered more or less than it is.',
    nl: 'Geen stroom zou meer of minder worden bezorgd dan nu.',
  },
  'label/what-if-page-addresses': { en: 'The addresses behind it', nl: 'De adressen erachter' },
  'label/what-if-page-costs': { en: 'What it costs, and what it stops', nl: 'Wat het kost, en wat het tegenhoudt' },
};
