import type { Vocabulary } from './sentence.ts';

/** What a synthesis of SPF records says of addresses, of senders' includes, and of what does not fit. */
export const synthesisWords: Vocabulary = {
  'plan/not-an-address': { en: '"{text}" is no address and no network', nl: '"{text}" is geen adres en geen netwerk' },
  'plan/every-address': {
    en: '"{text}" would let every address in the world send; it is left out',
    nl: '"{text}" zou elk adres ter wereld laten verzenden; het is weggelaten',
  },
  'plan/host-bits': {
    en: '"{text}" has bits behind its prefix length; the whole network {network} was taken',
    nl: '"{text}" heeft bits achter de prefixlengte; het hele netwerk {network} is genomen',
  },
  'plan/wide-network': {
    en: '"{text}" is wider than what one holder usually has',
    nl: '"{text}" is groter dan wat één houder gewoonlijk heeft',
  },
  'plan/address-unseen': {
    en: '"{text}" is private or local: no receiver on the Internet ever sees it as a client',
    nl: '"{text}" is privé of lokaal: geen ontvanger op internet ziet het ooit als verzender',
  },
  'plan/several-records-now': {
    en: '{domain} has {count} SPF records now, so every check ends in an error; one takes their place',
    nl: '{domain} heeft nu {count} SPF-records, dus elke controle eindigt in een fout; er komt er één voor in de plaats',
  },
  'plan/answer-too-large': {
    en: 'the answer for {name} has {bytes} bytes, of which {others} are other texts of that name: over 512 it may need TCP',
    nl: 'het antwoord voor {name} is {bytes} bytes, waarvan {others} voor andere teksten van die naam: boven 512 kan TCP nodig zijn',
  },
  'plan/include-kept': {
    en: '{include} stays by name: what its owner adds must pass too',
    nl: '{include} blijft bij naam staan: wat de eigenaar toevoegt moet ook slagen',
  },
  'plan/include-without-evidence': {
    en: '{include} stays: no mail of it was seen, and that is no evidence that it never aligns',
    nl: '{include} blijft: er is geen post van gezien, en dat bewijst niet dat het nooit uitlijnt',
  },
  'plan/include-adds-nothing': {
    en: '{include} stays, and lets in nothing today that the others do not',
    nl: '{include} blijft, en laat vandaag niets toe dat de andere niet toelaten',
  },
  'plan/include-never-aligns': {
    en: '{include} is dropped: none of {messages} messages from {from} to {until} had an envelope of this domain (they had: {envelopes}), so this record was never asked',
    nl: '{include} vervalt: geen van {messages} berichten van {from} tot {until} had een envelop van dit domein (wel: {envelopes}), dus dit record is nooit gevraagd',
  },
  'plan/include-broken': {
    en: '{include} is left out: there is no record of it that can be used ({status}), and every check that came to it would end in an error',
    nl: '{include} is weggelaten: er is geen bruikbaar record van ({status}), en elke controle die erbij kwam zou in een fout eindigen',
  },
  'plan/include-unknown': {
    en: 'the DNS did not answer for {include}, so what it costs is not known',
    nl: 'de DNS antwoordde niet voor {include}, dus wat het kost is niet bekend',
  },
  'plan/include-no-name': { en: '"{include}" is no domain name', nl: '"{include}" is geen domeinnaam' },
  'plan/propose-drop-idle-include': {
    en: 'remove include:{include}, which costs {lookups} lookups and lets in nothing that the others do not (ask its owner whether that stays so)',
    nl: 'haal include:{include} weg: het kost {lookups} lookups en laat niets toe dat de andere niet toelaten (vraag de eigenaar of dat zo blijft)',
  },
  'plan/propose-include-elsewhere': {
    en: 'let the sender behind include:{include} use an envelope on a subdomain of its own, which saves {lookups} lookups here',
    nl: 'laat de verzender achter include:{include} een envelop op een eigen subdomein gebruiken, dat scheelt hier {lookups} lookups',
  },
  'plan/propose-own-subdomain': {
    en: 'give {stream} a subdomain of its own for its envelope: {networks} networks, {bytes} bytes less here',
    nl: 'geef {stream} een eigen subdomein voor de envelop: {networks} netwerken, {bytes} bytes minder hier',
  },
  'plan/propose-own-subdomains': {
    en: 'give each of {count} streams a subdomain of its own ({streams}): {bytes} bytes less here',
    nl: 'geef elk van {count} stromen een eigen subdomein ({streams}): {bytes} bytes minder hier',
  },
  'plan/propose-relay': {
    en: 'send {stream} through the relay: {networks} networks, {bytes} bytes less here',
    nl: 'verstuur {stream} via de relay: {networks} netwerken, {bytes} bytes minder hier',
  },
  'plan/propose-exists': {
    en: 'as the last resort, a zone {apex} with {names} names that one "exists" term asks, written out whole',
    nl: 'als laatste redmiddel een zone {apex} met {names} namen waar één "exists"-term naar vraagt, helemaal uitgeschreven',
  },
};

/** Headings and short phrases of `zegel spf synthesise`. */
export const synthesisLabels: Vocabulary = {
  'label/synthesis-fits': { en: 'SPF of {domain}: it fits', nl: 'SPF van {domain}: het past' },
  'label/synthesis-exists': {
    en: 'SPF of {domain}: it fits with a zone of {names} names beside it ({apex})',
    nl: 'SPF van {domain}: het past met een zone van {names} namen ernaast ({apex})',
  },
  'label/synthesis-does-not-fit': { en: 'SPF of {domain}: it does not fit', nl: 'SPF van {domain}: het past niet' },
  'label/synthesis-unknown': {
    en: 'SPF of {domain}: the DNS did not answer for an include, so nothing is written',
    nl: 'SPF van {domain}: de DNS antwoordde niet voor een include, dus er is niets geschreven',
  },
  'label/synthesis-costs': {
    en: '{lookups} of {most} lookups, {voids} of {mostVoids} void lookups; {networks} networks in {bytes} bytes',
    nl: '{lookups} van {most} lookups, {voids} van {mostVoids} lege lookups; {networks} netwerken in {bytes} bytes',
  },
  'label/synthesis-over': {
    en: 'Over by {lookups} lookups and {voids} void lookups: {pages} pages would be needed for {networks} networks ({bytes} bytes).',
    nl: 'Te veel: {lookups} lookups en {voids} lege lookups. Er zouden {pages} pagina’s nodig zijn voor {networks} netwerken ({bytes} bytes).',
  },
  'label/synthesis-records': { en: 'Records', nl: 'Records' },
  'label/synthesis-name': { en: 'name', nl: 'naam' },
  'label/synthesis-bytes': { en: 'bytes', nl: 'bytes' },
  'label/synthesis-answer': { en: 'answer', nl: 'antwoord' },
  'label/synthesis-networks': { en: 'networks', nl: 'netwerken' },
  'label/synthesis-change': { en: 'change', nl: 'wijziging' },
  'label/synthesis-new': { en: 'new', nl: 'nieuw' },
  'label/synthesis-changed': { en: 'changed', nl: 'gewijzigd' },
  'label/synthesis-same': { en: 'same', nl: 'gelijk' },
  'label/synthesis-unused': { en: 'lead nowhere now', nl: 'leiden nergens meer toe' },
  'label/synthesis-afresh': {
    en: 'Laid out afresh, since it no longer fits around the pages that are published.',
    nl: 'Opnieuw ingedeeld, omdat het niet meer past rond de pagina’s die er staan.',
  },
  'label/synthesis-includes': { en: "Senders' includes", nl: 'Includes van verzenders' },
  'label/synthesis-covered': {
    en: '{addresses} seen addresses are let in by {include} and not named.',
    nl: '{addresses} geziene adressen worden door {include} toegelaten en niet genoemd.',
  },
  'label/synthesis-added': {
    en: 'Let in from now on: {ipv4} IPv4, {ipv6} IPv6',
    nl: 'Voortaan toegelaten: {ipv4} IPv4, {ipv6} IPv6',
  },
  'label/synthesis-removed': {
    en: 'No longer let in: {ipv4} IPv4, {ipv6} IPv6',
    nl: 'Niet langer toegelaten: {ipv4} IPv4, {ipv6} IPv6',
  },
  'label/synthesis-notes': { en: 'About the lists', nl: 'Over de lijsten' },
  'label/synthesis-proposals': { en: 'What would help', nl: 'Wat zou helpen' },
  'label/synthesis-enough': { en: 'enough by itself', nl: 'op zichzelf genoeg' },
  'label/synthesis-proved': {
    en: 'The zone was asked for {count} addresses one by one, every network and its neighbours: all as they should be.',
    nl: 'De zone is gevraagd naar {count} adressen, een voor een, elk netwerk en zijn buren: alle zoals het hoort.',
  },
};
