import type { Vocabulary } from './sentence.ts';

/** What can be wrong with a message, its header, and the addresses in it. */
export const mailWords: Vocabulary = {
  'mail/address-literal': {
    en: 'the From address has {domain} where a domain should be: DMARC has nothing to look up',
    nl: 'het From-adres heeft {domain} waar een domein hoort te staan: DMARC kan daar niets bij opzoeken',
  },
  'mail/bad-address': {
    en: 'the address list cannot be read at "{text}"',
    nl: 'de lijst met adressen is onleesbaar bij "{text}"',
  },
  'mail/bad-author-domain': {
    en: '{domain}, in the From address, is not a domain name',
    nl: '{domain}, in het From-adres, is geen domeinnaam',
  },
  'mail/bare-cr': {
    en: 'the header holds a carriage return that ends no line: some programs see a new line there, others do not',
    nl: "de kop bevat een carriage return die geen regel afsluit: sommige programma's zien daar een nieuwe regel, andere niet",
  },
  'mail/control-in-from': {
    en: 'the From field holds a control character (byte {byte})',
    nl: 'het From-veld bevat een stuurteken (byte {byte})',
  },
  'mail/dots-in-local-part': {
    en: 'an address has a dot too many before the @',
    nl: 'een adres heeft vóór de @ een punt te veel',
  },
  'mail/empty-from': {
    en: 'the From field is empty',
    nl: 'het From-veld is leeg',
  },
  'mail/encoded-word-in-address': {
    en: 'an encoded word stands where an address is: programs that decode it see another address than those that do not',
    nl: "er staat een gecodeerd woord op de plaats van een adres: programma's die het decoderen zien een ander adres dan programma's die dat niet doen",
  },
  'mail/header-cut-short': {
    en: 'the header is longer than what is read of it, so nothing can be said of the message',
    nl: 'de kop is langer dan wat ervan gelezen wordt, dus over het bericht valt niets te zeggen',
  },
  'mail/header-too-long': {
    en: 'the header is longer than the limit; the rest was not read',
    nl: 'de kop is langer dan de grens; de rest is niet gelezen',
  },
  'mail/hidden-from': {
    en: 'a second From field is hidden in the header, where some programs find it and others do not',
    nl: "er is een tweede From-veld in de kop verstopt, waar sommige programma's het vinden en andere niet",
  },
  'mail/malformed-from': {
    en: 'the From field is malformed, but only one domain can be found in it',
    nl: 'het From-veld is misvormd, maar er is maar één domein in te vinden',
  },
  'mail/mbox-line': {
    en: 'the message begins with the "From " line of an mbox file; it was passed over',
    nl: 'het bericht begint met de "From "-regel van een mbox-bestand; die is overgeslagen',
  },
  'mail/mixed-line-ends': {
    en: 'some lines of the header end with CRLF and some with LF',
    nl: 'sommige regels van de kop eindigen met CRLF en andere met LF',
  },
  'mail/name-holds-address': {
    en: 'an address stands without quotes where the name should be, before the address that counts',
    nl: 'op de plaats van de naam staat zonder aanhalingstekens een adres, vóór het adres dat telt',
  },
  'mail/no-author-domain': {
    en: 'the From field has no address with a domain',
    nl: 'het From-veld heeft geen adres met een domein',
  },
  'mail/no-from': {
    en: 'the message has no From field',
    nl: 'het bericht heeft geen From-veld',
  },
  'mail/not-a-field': {
    en: 'a line of the header is no header field',
    nl: 'een regel van de kop is geen kopveld',
  },
  'mail/nul-in-header': {
    en: 'the header holds a NUL byte',
    nl: 'de kop bevat een NUL-byte',
  },
  'mail/null-address': {
    en: 'the From field has the null address <>',
    nl: 'het From-veld heeft het lege adres <>',
  },
  'mail/obsolete-address': {
    en: 'an address is written in an obsolete way (a route, or white space or comments inside it)',
    nl: 'een adres is op een verouderde manier geschreven (een route, of witruimte of commentaar erin)',
  },
  'mail/several-author-domains': {
    en: 'the From field names several domains: {domains}',
    nl: 'het From-veld noemt verschillende domeinen: {domains}',
  },
  'mail/several-from-fields': {
    en: 'the message has {count} From fields; one is allowed',
    nl: 'het bericht heeft {count} From-velden; één mag',
  },
  'mail/too-many-addresses': {
    en: 'a field has more than {most} addresses',
    nl: 'een veld heeft meer dan {most} adressen',
  },
  'mail/too-many-fields': {
    en: 'the header has more fields than the limit; the rest was not read',
    nl: 'de kop heeft meer velden dan de grens; de rest is niet gelezen',
  },
  'mail/too-many-hops': {
    en: 'the message has {count} Received fields; the topmost {most} were read',
    nl: 'het bericht heeft {count} Received-velden; de bovenste {most} zijn gelezen',
  },
  'mail/unclosed-comment': {
    en: 'a comment in an address does not end',
    nl: 'een commentaar in een adres eindigt niet',
  },
  'mail/unclosed-group': {
    en: 'the group {group} does not end with a semicolon',
    nl: 'de groep {group} eindigt niet met een puntkomma',
  },
  'mail/unclosed-literal': {
    en: 'a bracket [ in an address does not close',
    nl: 'een haak [ in een adres sluit niet',
  },
  'mail/unclosed-quote': {
    en: 'a quotation mark in an address does not close',
    nl: 'een aanhalingsteken in een adres sluit niet',
  },
  'mail/words-without-address': {
    en: 'words without an address stand in the list: most likely a comma in a name without quotes',
    nl: 'er staan woorden zonder adres in de lijst: waarschijnlijk een komma in een naam zonder aanhalingstekens',
  },
};
