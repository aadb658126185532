import type { Vocabulary } from './sentence.ts';

/** What can be wrong with lists of declared senders, parties and decisions. */
export const inventoryDecisionsWords: Vocabulary = {
  'declared/bad-domain': {
    en: 'line {line}: {domain} is no domain name; it is left out',
    nl: 'regel {line}: {domain} is geen domeinnaam; weggelaten',
  },
  'declared/bad-network': {
    en: 'line {line}: {network} is no network (192.0.2.0/24, 2001:db8::/48) and no address; it is left out',
    nl: 'regel {line}: {network} is geen netwerk (192.0.2.0/24, 2001:db8::/48) en geen adres; weggelaten',
  },
  'declared/too-wide': {
    en: 'line {line}: nobody has {network} for himself alone; it is left out',
    nl: 'regel {line}: niemand heeft {network} voor zich alleen; weggelaten',
  },
  'declared/bad-exclusive': {
    en: 'line {line}: "{text}" is neither yes nor no; taken as no',
    nl: 'regel {line}: "{text}" is geen ja of nee; opgevat als nee',
  },
  'declared/bad-rhythm': {
    en: 'line {line}: "{text}" is no rhythm (daily, weekly, monthly, quarterly, yearly, once, irregular); kept as it is',
    nl: 'regel {line}: "{text}" is geen ritme (dagelijks, wekelijks, maandelijks, per kwartaal, jaarlijks, eenmalig, onregelmatig); zo bewaard',
  },
  'declared/nothing-said': {
    en: 'line {line} names no sender, domain or network; it is left out',
    nl: 'regel {line} noemt geen afzender, domein of netwerk; weggelaten',
  },
  'declared/twice': {
    en: 'line {line} says the same as line {first}; it is left out',
    nl: 'regel {line} zegt hetzelfde als regel {first}; weggelaten',
  },
  'parties/no-name': { en: 'line {line} has no name of a party', nl: 'regel {line} heeft geen naam van een partij' },
  'parties/twice': {
    en: 'line {line}: {name} stands on line {first} already',
    nl: 'regel {line}: {name} staat al op regel {first}',
  },
  'parties/bad-type': {
    en: 'line {line}: "{type}" is no type of party; give one of: {known}',
    nl: 'regel {line}: "{type}" is geen soort partij; geef een van: {known}',
  },
  'parties/bad-priority': {
    en: 'line {line}: "{priority}" is no priority from 1 to {greatest}',
    nl: 'regel {line}: "{priority}" is geen prioriteit van 1 tot {greatest}',
  },
  'parties/unknown-stream': {
    en: 'line {line}: no stream has the id {stream}',
    nl: 'regel {line}: geen stroom heeft het id {stream}',
  },
  'decisions/no-stream': { en: 'line {line} names no stream', nl: 'regel {line} noemt geen stroom' },
  'decisions/unknown-stream': {
    en: 'line {line}: no stream is called {stream}',
    nl: 'regel {line}: geen stroom heet {stream}',
  },
  'decisions/several-streams': {
    en: 'line {line}: {stream} may be any of: {ids}',
    nl: 'regel {line}: {stream} kan elk zijn van: {ids}',
  },
  'decisions/bad-verdict': {
    en: 'line {line}: "{verdict}" is none of: authorised, forbidden, forwarder, undecided',
    nl: 'regel {line}: "{verdict}" is geen van: authorised, forbidden, forwarder, undecided',
  },
  'decisions/bad-source': {
    en: 'line {line}: {source} is no address and no network',
    nl: 'regel {line}: {source} is geen adres en geen netwerk',
  },
  'decisions/bad-domain': {
    en: 'line {line}: {domain} is no domain name',
    nl: 'regel {line}: {domain} is geen domeinnaam',
  },
  'decisions/unknown-party': {
    en: 'line {line}: no party is called {party}',
    nl: 'regel {line}: geen partij heet {party}',
  },
  'decisions/twice': {
    en: 'line {line} decides on the same as line {first}',
    nl: 'regel {line} beslist over hetzelfde als regel {first}',
  },
  'decisions/not-read': {
    en: 'line {line} is no line of exported decisions: {why}',
    nl: 'regel {line} is geen regel van geëxporteerde beslissingen: {why}',
  },
};
