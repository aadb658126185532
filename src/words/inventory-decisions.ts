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

/** Headings and short phrases of decisions, parties and declared senders. */
export const inventoryDecisionsLabels: Vocabulary = {
  'label/verdict-authorised': { en: 'authorised', nl: 'toegestaan' },
  'label/verdict-forbidden': { en: 'forbidden', nl: 'verboden' },
  'label/verdict-forwarder': { en: 'forwarder', nl: 'doorstuurder' },
  'label/verdict-undecided': { en: 'undecided', nl: 'onbeslist' },
  'label/decisions-none': {
    en: 'Nothing was decided yet: zegel decide STREAM authorised',
    nl: 'Er is nog niets beslist: zegel decide STROOM authorised',
  },
  'label/decisions-when': { en: 'when (UTC)', nl: 'wanneer (UTC)' },
  'label/decisions-who': { en: 'who', nl: 'wie' },
  'label/decisions-verdict': { en: 'decision', nl: 'beslissing' },
  'label/decisions-stream': { en: 'stream', nl: 'stroom' },
  'label/decisions-id': { en: 'id', nl: 'id' },
  'label/decisions-part': { en: 'part', nl: 'deel' },
  'label/decisions-messages': { en: 'messages', nl: 'berichten' },
  'label/decisions-sources': { en: 'sources', nl: 'bronnen' },
  'label/decisions-source': { en: 'source', nl: 'bron' },
  'label/decisions-first': { en: 'first seen', nl: 'eerst gezien' },
  'label/decisions-domains': { en: 'author domains', nl: 'auteursdomeinen' },
  'label/decisions-no-address': { en: 'no address', nl: 'geen adres' },
  'label/decisions-undone': { en: 'undone {when} by {who}{why}', nl: 'ongedaan gemaakt {when} door {who}{why}' },
  'label/decisions-no-new': {
    en: 'No source has come to a stream since it was decided on.',
    nl: 'Er is geen bron bij een stroom gekomen sinds erover is beslist.',
  },
  'label/decisions-new-why': {
    en: 'These sources came to streams that were decided on already. No aligned signature of the stream and no network of our own vouches for them, so they are undecided: decide on the stream again to take them in, or on them alone with --source.',
    nl: 'Deze bronnen kwamen bij stromen waarover al is beslist. Geen uitgelijnde handtekening van de stroom en geen eigen netwerk staat voor ze in, dus zijn ze onbeslist: beslis opnieuw over de stroom om ze erin op te nemen, of over hen alleen met --source.',
  },
  'label/parties-none': {
    en: 'No parties are known yet: zegel parties add NAME',
    nl: 'Er zijn nog geen partijen bekend: zegel parties add NAAM',
  },
  'label/parties-name': { en: 'party', nl: 'partij' },
  'label/parties-type': { en: 'type', nl: 'soort' },
  'label/parties-owner': { en: 'owner', nl: 'eigenaar' },
  'label/parties-contact': { en: 'contact', nl: 'contact' },
  'label/parties-contract': { en: 'contract', nl: 'contract' },
  'label/parties-priority': { en: 'priority', nl: 'prioriteit' },
  'label/parties-streams': { en: 'streams', nl: 'stromen' },
  'label/parties-streams-of': { en: 'streams: {count}', nl: 'stromen: {count}' },
  'label/party-own-company': { en: 'own company', nl: 'eigen bedrijf' },
  'label/party-department': { en: 'department', nl: 'afdeling' },
  'label/party-supplier': { en: 'supplier', nl: 'leverancier' },
  'label/party-agency': { en: 'agency', nl: 'bureau' },
  'label/party-partner': { en: 'partner', nl: 'partner' },
  'label/party-customer': { en: 'customer', nl: 'klant' },
  'label/party-other': { en: 'other', nl: 'anders' },
  'label/declared-none': {
    en: 'Nothing is declared yet: zegel declared import FILE',
    nl: 'Er is nog niets opgegeven: zegel declared import BESTAND',
  },
  'label/declared-number': { en: 'no', nl: 'nr' },
  'label/declared-party': { en: 'party', nl: 'partij' },
  'label/declared-sender': { en: 'sender', nl: 'afzender' },
  'label/declared-domains': { en: 'domains', nl: 'domeinen' },
  'label/declared-networks': { en: 'networks', nl: 'netwerken' },
  'label/declared-rhythm': { en: 'rhythm', nl: 'ritme' },
  'label/declared-exclusive': { en: 'ours alone', nl: 'alleen van ons' },
  'label/declared-yes': { en: 'yes', nl: 'ja' },
  'label/declared-no': { en: 'no', nl: 'nee' },
  'label/declared-partly': { en: 'partly', nl: 'deels' },
  'label/declared-kind': { en: 'kind', nl: 'soort' },
  'label/declared-why': { en: 'why', nl: 'waarom' },
  'label/declared-seen': {
    en: '{seen} of {total} declared {total:sender|senders} are seen.',
    nl: '{seen} van de {total} opgegeven {total:afzender|afzenders} zijn gezien.',
  },
  'label/declared-unseen-heading': { en: 'Declared and unseen ({count})', nl: 'Opgegeven en niet gezien ({count})' },
  'label/declared-undeclared-heading': {
    en: 'Seen and undeclared ({count})',
    nl: 'Gezien en niet opgegeven ({count})',
  },
  'label/declared-all-seen': { en: 'Everything that is declared is seen.', nl: 'Alles wat is opgegeven, is gezien.' },
  'label/declared-all-declared': {
    en: 'Every stream that may be ours is declared.',
    nl: 'Elke stroom die van ons kan zijn, is opgegeven.',
  },
  'label/declared-may-be-quiet': { en: 'its time may not have come', nl: 'zijn tijd kan nog komen' },
  'label/declared-should-be-seen': { en: 'should have been seen', nl: 'had gezien moeten zijn' },
  'label/stream-kind-own': { en: 'own', nl: 'eigen' },
  'label/stream-kind-third': { en: 'third party', nl: 'derde' },
  'label/stream-kind-forwarder': { en: 'forwarder', nl: 'doorstuurder' },
  'label/stream-kind-forged': { en: 'forged', nl: 'vervalst' },
  'label/stream-kind-abused': { en: 'ours, abused', nl: 'van ons, misbruikt' },
  'label/stream-kind-undecided': { en: 'undecided', nl: 'onbeslist' },
};
