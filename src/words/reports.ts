import type { Vocabulary } from './sentence.ts';

/** What can be wrong with a report, and what was repaired in reading one. */
export const reportsWords: Vocabulary = {
  // Repairs of a text.
  'reports/white-space': {
    en: 'white space around a value was taken off ("{text}")',
    nl: 'witruimte rond een waarde is weggelaten ("{text}")',
  },
  'reports/letter-case': {
    en: 'a word in the wrong letter case was understood ("{text}")',
    nl: 'een woord met verkeerde hoofd- of kleine letters is begrepen ("{text}")',
  },
  'reports/bad-character': {
    en: 'a character that XML does not allow was replaced ("{text}")',
    nl: 'een teken dat in XML niet mag is vervangen ("{text}")',
  },
  'reports/replacement-character': {
    en: 'a text lost characters before the report was sent ("{text}")',
    nl: 'een tekst is al voor het versturen van het rapport tekens kwijtgeraakt ("{text}")',
  },
  'reports/bad-utf8': {
    en: 'bytes that are not UTF-8 were read as windows-1252 ("{text}")',
    nl: 'bytes die geen UTF-8 zijn, zijn gelezen als windows-1252 ("{text}")',
  },
  'reports/bare-ampersand': {
    en: 'an ampersand that begins no known reference was kept as text ("{text}")',
    nl: 'een ampersand waarmee geen bekende verwijzing begint, is als tekst bewaard ("{text}")',
  },
  'reports/unescaped-markup': {
    en: 'something that looks like a tag was kept as text ("{text}")',
    nl: 'iets dat op een tag lijkt is als tekst bewaard ("{text}")',
  },
  'reports/unknown-value': {
    en: 'a word that is none of those allowed was left out ("{text}")',
    nl: 'een woord dat niet bij de toegestane hoort, is weggelaten ("{text}")',
  },
  'reports/empty-value': { en: 'an empty element counts as not said', nl: 'een leeg element geldt als niet gezegd' },
  'reports/synonym': {
    en: 'another name for a value was understood ("{text}")',
    nl: 'een andere naam voor een waarde is begrepen ("{text}")',
  },
  'reports/raw-result': {
    en: 'policy_evaluated gives a raw result ("{text}") where pass or fail belongs; as it is no pass, it was read as fail',
    nl: 'policy_evaluated geeft een ruwe uitkomst ("{text}") waar pass of fail hoort; omdat het geen pass is, is het als fail gelezen',
  },
  'reports/bad-source': {
    en: 'a source_ip that is no address ("{text}"): the messages count, their source is unknown',
    nl: 'een source_ip dat geen adres is ("{text}"): de berichten tellen mee, hun bron is onbekend',
  },
  'reports/address-notation': {
    en: 'an address in brackets was understood ("{text}")',
    nl: 'een adres tussen haken is begrepen ("{text}")',
  },
  'reports/bad-name': {
    en: 'a domain that is no domain name was kept as it came ("{text}")',
    nl: 'een domein dat geen domeinnaam is, is bewaard zoals het kwam ("{text}")',
  },
  'reports/address-for-domain': {
    en: 'an e-mail address stands where a domain belongs; its domain was taken ("{text}")',
    nl: 'er staat een e-mailadres waar een domein hoort; het domein ervan is genomen ("{text}")',
  },
  'reports/null-sender-notation': {
    en: 'the null sender was written as "{text}"',
    nl: 'de lege afzender is geschreven als "{text}"',
  },
  // Repairs of a row.
  'reports/missing-source': {
    en: 'row {row} has no source_ip: its messages count, their source is unknown',
    nl: 'rij {row} heeft geen source_ip: de berichten tellen mee, hun bron is onbekend',
  },
  'reports/missing-count': {
    en: 'row {row} has no count: it is kept and counts no messages',
    nl: 'rij {row} heeft geen count: hij is bewaard en telt geen berichten',
  },
  'reports/bad-count': {
    en: 'the count of row {row} is no number ("{text}"): the row is kept and counts no messages',
    nl: 'de count van rij {row} is geen getal ("{text}"): de rij is bewaard en telt geen berichten',
  },
  'reports/zero-count': {
    en: 'the count of row {row} is 0',
    nl: 'de count van rij {row} is 0',
  },
  'reports/negative-count': {
    en: 'the count of row {row} is negative ("{text}"): the row is kept and counts no messages',
    nl: 'de count van rij {row} is negatief ("{text}"): de rij is bewaard en telt geen berichten',
  },
  'reports/absurd-count': {
    en: 'the count of row {row} cannot be true ({count}): the row is kept and counts no messages',
    nl: 'de count van rij {row} kan niet kloppen ({count}): de rij is bewaard en telt geen berichten',
  },
  'reports/count-notation': {
    en: 'a count in another notation was understood ("{text}")',
    nl: 'een count in een andere notatie is begrepen ("{text}")',
  },
  'reports/missing-header-from': {
    en: 'row {row} does not say which header-from domain it is about',
    nl: 'rij {row} zegt niet over welk header-from-domein hij gaat',
  },
  'reports/empty-record': {
    en: 'record {row} says nothing: it is kept and counts no messages',
    nl: 'record {row} zegt niets: het is bewaard en telt geen berichten',
  },
  'reports/empty-reason': {
    en: 'an override reason in row {row} says nothing and was left out',
    nl: 'een override-reden in rij {row} zegt niets en is weggelaten',
  },
  'reports/empty-result': {
    en: 'an authentication result in row {row} says nothing and was left out',
    nl: 'een authenticatieresultaat in rij {row} zegt niets en is weggelaten',
  },
  // Repairs of the head.
  'reports/missing-policy-domain': {
    en: 'the report does not say which policy domain it is about',
    nl: 'het rapport zegt niet over welk policy-domein het gaat',
  },
  'reports/missing-report-id': { en: 'the report has no report_id', nl: 'het rapport heeft geen report_id' },
  'reports/missing-reporter': {
    en: 'the report does not say who sent it: neither org_name nor email',
    nl: 'het rapport zegt niet van wie het komt: geen org_name en geen email',
  },
  'reports/bad-pct': {
    en: 'pct is no percentage and was left out ("{text}")',
    nl: 'pct is geen percentage en is weggelaten ("{text}")',
  },
  'reports/date-fraction': {
    en: 'the fraction of a second was cut off {element} ("{text}")',
    nl: 'het deel van een seconde is van {element} weggelaten ("{text}")',
  },
  'reports/date-unit': {
    en: '{element} is not in seconds but in milliseconds or microseconds ("{text}")',
    nl: '{element} is niet in seconden maar in milliseconden of microseconden ("{text}")',
  },
  'reports/unlikely-date': {
    en: '{element} lies before there was DMARC ("{text}")',
    nl: '{element} ligt voor de tijd van DMARC ("{text}")',
  },
  'reports/other-domain': {
    en: 'the report has rows about {name}, which does not lie under the domain of its policy, {domain}',
    nl: 'het rapport heeft rijen over {name}, dat niet onder het domein van het beleid valt: {domain}',
  },
  'reports/no-records': { en: 'the report has no record in it', nl: 'er staat geen record in het rapport' },
  // Repairs of the document.
  'reports/text-before-root': {
    en: 'text before the report was skipped ("{text}")',
    nl: 'tekst voor het rapport is overgeslagen ("{text}")',
  },
  'reports/text-after-root': {
    en: 'text after the report was skipped ("{text}")',
    nl: 'tekst na het rapport is overgeslagen ("{text}")',
  },
  'reports/stray-text': {
    en: 'text between elements was skipped ("{text}")',
    nl: 'tekst tussen elementen is overgeslagen ("{text}")',
  },
  'reports/unclosed-schema': {
    en: 'a schema tag stands open around the report',
    nl: 'er staat een schema-tag open om het rapport heen',
  },
  'reports/unfinished-root': {
    en: 'the report ends within its last closing tag; all its records are there',
    nl: 'het rapport houdt op in de laatste sluittag; alle records zijn er',
  },
  'reports/doctype': { en: 'a document type was stepped over', nl: 'een documenttype is overgeslagen' },
  'reports/bad-declaration': {
    en: 'the XML declaration is malformed or stands in the wrong place',
    nl: 'de XML-declaratie is misvormd of staat op de verkeerde plaats',
  },
  'reports/bad-comment': {
    en: 'a comment has two hyphens in it',
    nl: 'er staan twee koppeltekens in een commentaar',
  },
  'reports/unbound-prefix': {
    en: 'the namespace prefix {prefix} is not declared; the names behind it were read without it',
    nl: 'het namespace-prefix {prefix} is niet gedeclareerd; de namen erachter zijn zonder prefix gelezen',
  },
  'reports/identities': {
    en: 'identities was read as identifiers',
    nl: 'identities is gelezen als identifiers',
  },
  'reports/repeated-element': {
    en: '{element} is there twice and says the same',
    nl: '{element} staat er tweemaal en zegt hetzelfde',
  },
  'reports/unknown-element': {
    en: 'elements that no schema knows were skipped: {elements}',
    nl: 'elementen die geen schema kent zijn overgeslagen: {elements}',
  },
  'reports/draft-extensions': {
    en: 'extensions stand in an element of a draft',
    nl: 'uitbreidingen staan in een element uit een concept',
  },
  'reports/encoding': {
    en: 'the encoding {encoding} is not what the bytes are, or not known',
    nl: 'de codering {encoding} is niet die van de bytes, of is onbekend',
  },
  // Writing.
  'reports/missing-element': {
    en: 'the report cannot be written: it has no {element}',
    nl: 'het rapport kan niet geschreven worden: het heeft geen {element}',
  },
  'reports/not-of-generation': {
    en: 'the report cannot be written: {element} ("{text}") has no place in {generation}',
    nl: 'het rapport kan niet geschreven worden: {element} ("{text}") heeft geen plaats in {generation}',
  },
  'reports/file-name': {
    en: '"{text}" is not the file name of a report',
    nl: '"{text}" is niet de bestandsnaam van een rapport',
  },
  'reports/file-name-part': {
    en: '"{text}" cannot stand for the {part} in the file name of a report',
    nl: '"{text}" kan niet als {part} in de bestandsnaam van een rapport staan',
  },
  // Refusals.
  'reports/empty': { en: 'there is no report in it', nl: 'er zit geen rapport in' },
  'reports/not-xml': { en: 'it is not XML', nl: 'het is geen XML' },
  'reports/not-a-report': {
    en: 'it is not an aggregate report: its outermost element is {root}',
    nl: 'het is geen geaggregeerd rapport: het buitenste element is {root}',
  },
  'reports/truncated': {
    en: 'the report is cut off after {rows} {rows:row|rows}; half a report is not counted',
    nl: 'het rapport is afgebroken na {rows} {rows:rij|rijen}; een half rapport telt niet mee',
  },
  'reports/tag-mismatch': {
    en: 'the closing tag {found} stands where {expected} is open',
    nl: 'de sluittag {found} staat waar {expected} open staat',
  },
  'reports/unclosed-element': {
    en: '{element} is not closed before {found}',
    nl: '{element} is niet gesloten voor {found}',
  },
  'reports/markup-in-value': {
    en: 'there is a "<" in {element}; it may be text, or the place where rows got lost',
    nl: 'er staat een "<" in {element}; dat kan tekst zijn, of de plek waar rijen verloren gingen',
  },
  'reports/bad-markup': { en: 'this is no tag: "{text}"', nl: 'dit is geen tag: "{text}"' },
  'reports/markup-after-root': {
    en: 'something follows the end of the report: {element}',
    nl: 'er volgt iets op het einde van het rapport: {element}',
  },
  'reports/misplaced-element': {
    en: '{element} stands where it does not belong; skipping it could lose messages',
    nl: '{element} staat waar het niet hoort; het overslaan zou berichten kunnen verliezen',
  },
  'reports/repeated-section': {
    en: '{element} is there twice where it may be once: two records may have run together',
    nl: '{element} staat er tweemaal waar het eenmaal mag: misschien zijn twee records in elkaar gelopen',
  },
  'reports/contradiction': {
    en: '{element} is there twice and says different things',
    nl: '{element} staat er tweemaal en zegt verschillende dingen',
  },
  'reports/dtd': {
    en: 'the report defines entities or elements of its own; none are taken',
    nl: 'het rapport definieert eigen entiteiten of elementen; die worden niet aangenomen',
  },
  'reports/missing-date': {
    en: 'the report does not say when its period has its {element}',
    nl: 'het rapport zegt niet wanneer zijn periode haar {element} heeft',
  },
  'reports/bad-date': {
    en: 'the {element} of the period is no date ("{text}")',
    nl: 'de {element} van de periode is geen datum ("{text}")',
  },
  'reports/dates-reversed': {
    en: 'the period ends ({end}) before it begins ({begin})',
    nl: 'de periode eindigt ({end}) voor zij begint ({begin})',
  },
  // Limits.
  'reports/span-too-long': {
    en: 'the period is {days} {days:day|days} long, the limit is {limit}',
    nl: 'de periode is {days} {days:dag|dagen} lang, de grens is {limit}',
  },
  'reports/too-large': {
    en: 'the report has more than {limit} bytes of XML',
    nl: 'het rapport heeft meer dan {limit} bytes XML',
  },
  'reports/too-deep': {
    en: 'elements are nested more than {limit} deep',
    nl: 'elementen zijn meer dan {limit} diep genest',
  },
  'reports/text-too-long': {
    en: 'a text has more than {limit} bytes',
    nl: 'een tekst heeft meer dan {limit} bytes',
  },
  'reports/tag-too-long': { en: 'a tag has more than {limit} bytes', nl: 'een tag heeft meer dan {limit} bytes' },
  'reports/too-many-attributes': {
    en: 'a tag has more than {limit} attributes',
    nl: 'een tag heeft meer dan {limit} attributen',
  },
  'reports/too-many-rows': {
    en: 'the report has more than {limit} rows',
    nl: 'het rapport heeft meer dan {limit} rijen',
  },
  'reports/too-many-messages': {
    en: 'the report counts more messages than can be counted exactly',
    nl: 'het rapport telt meer berichten dan nauwkeurig geteld kunnen worden',
  },
  'reports/too-many-dkim-results': {
    en: 'a row has more than {limit} DKIM results',
    nl: 'een rij heeft meer dan {limit} DKIM-uitkomsten',
  },
  'reports/too-many-spf-results': {
    en: 'a row has more than {limit} SPF results',
    nl: 'een rij heeft meer dan {limit} SPF-uitkomsten',
  },
  'reports/too-many-reasons': {
    en: 'a row has more than {limit} override reasons',
    nl: 'een rij heeft meer dan {limit} override-redenen',
  },
  'reports/too-many-errors': {
    en: 'the report has more than {limit} errors in its metadata',
    nl: 'het rapport heeft meer dan {limit} fouten in zijn metadata',
  },
  'reports/too-many-extensions': {
    en: 'there are more than {limit} extensions in one place',
    nl: 'er zijn meer dan {limit} uitbreidingen op een plaats',
  },
  'reports/colliding-texts': {
    en: 'the texts of the report were chosen to slow down whoever reads them',
    nl: 'de teksten van het rapport zijn gekozen om de lezer te vertragen',
  },
  // TLS reports.
  'reports/tls-too-large': {
    en: 'the TLS report has more than {limit} bytes',
    nl: 'het TLS-rapport heeft meer dan {limit} bytes',
  },
  'reports/tls-too-many': {
    en: 'the TLS report has more than {limit} of {element}',
    nl: 'het TLS-rapport heeft er meer dan {limit} van {element}',
  },
  'reports/tls-not-json': {
    en: 'the TLS report is not JSON, or not whole',
    nl: 'het TLS-rapport is geen JSON, of niet heel',
  },
  'reports/tls-not-a-report': { en: 'it is not a TLS report', nl: 'het is geen TLS-rapport' },
  'reports/tls-bad-date': {
    en: '{element} is no time with its offset ({text})',
    nl: '{element} is geen tijd met tijdzone ({text})',
  },
  'reports/tls-dates-reversed': {
    en: 'the period of the TLS report ends ({end}) before it begins ({begin})',
    nl: 'de periode van het TLS-rapport eindigt ({end}) voor zij begint ({begin})',
  },
  'reports/tls-bad-utf8': {
    en: 'bytes of the TLS report that are not UTF-8 were read as windows-1252',
    nl: 'bytes van het TLS-rapport die geen UTF-8 zijn, zijn gelezen als windows-1252',
  },
  'reports/tls-missing': {
    en: 'the TLS report does not say {element}',
    nl: 'het TLS-rapport zegt niets over {element}',
  },
  'reports/tls-missing-count': {
    en: '{element} is missing and counts no sessions',
    nl: '{element} ontbreekt en telt geen sessies',
  },
  'reports/tls-bad-count': {
    en: '{element} is no count ({text}) and counts no sessions',
    nl: '{element} is geen aantal ({text}) en telt geen sessies',
  },
  'reports/tls-notation': {
    en: '{element} is written in another way than it should be, and was understood',
    nl: '{element} is anders geschreven dan het hoort, en is begrepen',
  },
  'reports/tls-bad-value': { en: '{element} could not be read', nl: '{element} kon niet gelezen worden' },
  'reports/tls-bad-address': { en: '"{text}" is no address', nl: '"{text}" is geen adres' },
  'reports/tls-bad-name': {
    en: 'the policy domain is no domain name and was kept as it came ("{text}")',
    nl: 'het policy-domein is geen domeinnaam en is bewaard zoals het kwam ("{text}")',
  },
  'reports/tls-unknown-policy-type': {
    en: 'the policy type "{text}" is none of those known',
    nl: 'het beleidstype "{text}" is geen van de bekende',
  },
  'reports/tls-unknown-member': {
    en: 'members that RFC 8460 does not know were skipped ({element})',
    nl: 'velden die RFC 8460 niet kent, zijn overgeslagen ({element})',
  },
};
