import type { Vocabulary } from './sentence.ts';

/** What can be wrong with a name, or with an answer of the DNS. */
export const dnsWords: Vocabulary = {
  'dns/empty-name': { en: 'the domain name is empty', nl: 'de domeinnaam is leeg' },
  'dns/name-too-long': {
    en: 'the domain name {name} is longer than 253 characters',
    nl: 'de domeinnaam {name} is langer dan 253 tekens',
  },
  'dns/label-too-long': {
    en: 'a label of {name} is longer than 63 characters',
    nl: 'een label van {name} is langer dan 63 tekens',
  },
  'dns/empty-label': {
    en: '{name} has an empty label (two dots in a row)',
    nl: '{name} heeft een leeg label (twee punten achter elkaar)',
  },
  'dns/bad-name': { en: '{name} is not a domain name', nl: '{name} is geen domeinnaam' },
  'dns/timeout': { en: 'no name server answered in time', nl: 'geen naamserver antwoordde op tijd' },
  'dns/servfail': {
    en: 'the name server could not find an answer (SERVFAIL)',
    nl: 'de naamserver kon geen antwoord vinden (SERVFAIL)',
  },
  'dns/refused': { en: 'the name server refused to answer', nl: 'de naamserver weigerde te antwoorden' },
  'dns/malformed': {
    en: 'the name server gave an answer that cannot be read',
    nl: 'de naamserver gaf een antwoord dat niet te lezen is',
  },
  'dns/unreachable': { en: 'no name server could be reached', nl: 'geen naamserver was te bereiken' },
  'dns/unknown-name': {
    en: 'nothing is known of this name: the zone file does not speak of it',
    nl: 'over deze naam is niets bekend: het zonebestand zegt er niets over',
  },
  'dns/alias-loop': {
    en: 'the aliases (CNAME) of this name never end',
    nl: 'de aliassen (CNAME) van deze naam eindigen nooit',
  },
  'dns/zone-directive': {
    en: '{directive} cannot be followed: a zone file has to stand on its own',
    nl: '{directive} kan niet worden gevolgd: een zonebestand moet op zichzelf staan',
  },
  'dns/zone-generate': {
    en: 'this $GENERATE ({text}) cannot be read, or makes too many records',
    nl: 'deze $GENERATE ({text}) is niet te lezen, of maakt te veel records',
  },
  'dns/zone-unclosed': {
    en: 'a parenthesis is opened here and never closed',
    nl: 'hier gaat een haakje open dat nergens sluit',
  },
  'dns/zone-unclosed-quote': {
    en: 'a quoted string or a parenthesis on the line of {name} is not in balance',
    nl: 'een aanhalingsteken of haakje op de regel van {name} heeft geen tegenhanger',
  },
  'dns/zone-no-owner': {
    en: 'a record without a name, and no name before it',
    nl: 'een record zonder naam, en ervoor staat er geen',
  },
  'dns/zone-unknown-type': {
    en: '{name}: {type} is not a record type',
    nl: '{name}: {type} is geen recordtype',
  },
  'dns/zone-class': {
    en: '{name}: class {class} is left out; only IN is read',
    nl: '{name}: klasse {class} is overgeslagen; alleen IN wordt gelezen',
  },
  'dns/zone-string-too-long': {
    en: 'a string of the TXT record of {name} is longer than 255 bytes: it is read in pieces, but a name server refuses it',
    nl: 'een tekst in het TXT-record van {name} is langer dan 255 bytes: hij is in stukken gelezen, maar een naamserver weigert hem',
  },
  'dns/zone-bad-escape': { en: '{text} is not a byte', nl: '{text} is geen byte' },
  'dns/zone-bad-name': { en: 'a name is missing here', nl: 'hier ontbreekt een naam' },
  'dns/zone-bad-number': {
    en: '{text} is not a number or a time that fits here',
    nl: '{text} is geen getal of tijd die hier past',
  },
  'dns/zone-bad-address': {
    en: '{name}: {text} is not an address of the kind {type} holds',
    nl: '{name}: {text} is geen adres van de soort die {type} bevat',
  },
  'dns/zone-bad-data': {
    en: '{name}: this is not what a {type} record says',
    nl: '{name}: dit is niet wat een {type}-record zegt',
  },
  'dns/zone-generic-data': {
    en: '{name}: a {type} record has to be written out, not as \\# and bytes',
    nl: '{name}: een {type}-record moet worden uitgeschreven, niet als \\# met bytes',
  },
  'dns/zone-several-soa': { en: '{name} has more than one SOA record', nl: '{name} heeft meer dan een SOA-record' },
  'dns/zone-several-cname': {
    en: '{name} has more than one CNAME record',
    nl: '{name} heeft meer dan een CNAME-record',
  },
  'dns/zone-alias-and-data': {
    en: '{name} has a CNAME record and other records beside it: name servers refuse that, or answer with the alias alone',
    nl: '{name} heeft een CNAME-record en andere records ernaast: naamservers weigeren dat, of geven alleen de alias',
  },
};
