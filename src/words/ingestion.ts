import type { Vocabulary } from './sentence.ts';

/** What can be amiss with files, with what they are wrapped in, and what becomes of a copy of a report. */
export const ingestionWords: Vocabulary = {
  'files/not-found': { en: 'there is no file or folder {path}', nl: 'er is geen bestand of map {path}' },
  'files/no-access': { en: '{path} may not be read', nl: '{path} mag niet worden gelezen' },
  'files/unreadable': { en: '{path} cannot be read ({reason})', nl: '{path} kan niet worden gelezen ({reason})' },
  'files/special': {
    en: '{path} is a {kind}, not a file, and was passed over',
    nl: '{path} is een {kind}, geen bestand, en is overgeslagen',
  },
  'files/hidden': {
    en: '{path} is hidden (its name begins with a dot) and was passed over',
    nl: '{path} is verborgen (de naam begint met een punt) en is overgeslagen',
  },
  'files/link-to-nothing': {
    en: '{path} is a link to something that is not there',
    nl: '{path} is een koppeling naar iets dat er niet is',
  },
  'files/link-outside': {
    en: '{path} is a link to {target}, outside the folder, and was not followed',
    nl: '{path} is een koppeling naar {target}, buiten de map, en is niet gevolgd',
  },
  'files/changed': {
    en: '{path} changed while it was being read; take it in again',
    nl: '{path} veranderde tijdens het lezen; neem het opnieuw in',
  },

  'ingestion/too-large': {
    en: 'it is larger than the limit of {limit} bytes',
    nl: 'het is groter dan de grens van {limit} bytes',
  },
  'ingestion/expands-too-much': {
    en: 'it expands to more than the limit of {limit} bytes',
    nl: 'uitgepakt is het groter dan de grens van {limit} bytes',
  },
  'ingestion/expands-too-far': {
    en: 'it expands to more than {ratio} times its size, as only a bomb does',
    nl: 'uitgepakt is het meer dan {ratio} keer zo groot, zoals alleen een bom is',
  },
  'ingestion/too-much-inside': {
    en: 'more than {limit} things are packed inside it',
    nl: 'er zijn meer dan {limit} dingen in verpakt',
  },
  'ingestion/left-shut': {
    en: 'the rest of it was left shut ({things} more)',
    nl: 'de rest is dicht gelaten (nog {things})',
  },
  'ingestion/nested-too-deep': {
    en: 'it lies in more than {limit} wrappings',
    nl: 'het zit in meer dan {limit} verpakkingen',
  },
  'ingestion/empty': { en: 'it is empty', nl: 'het is leeg' },
  'ingestion/nothing-inside': { en: 'there is nothing inside', nl: 'er zit niets in' },
  'ingestion/unknown-content': {
    en: 'its content is neither a report nor anything a report is packed in',
    nl: 'de inhoud is geen rapport, en niets waarin een rapport verpakt is',
  },
  'ingestion/foreign-format': {
    en: 'it is {format}, which is not opened',
    nl: 'het is {format}, en dat wordt niet geopend',
  },
  'ingestion/other-xml': {
    en: 'it is XML, but no aggregate report (its first element is "{root}")',
    nl: 'het is XML, maar geen verzamelrapport (het eerste element is "{root}")',
  },
  'ingestion/other-json': { en: 'it is JSON, but no TLS report', nl: 'het is JSON, maar geen TLS-rapport' },
  'ingestion/html': { en: 'it is a web page', nl: 'het is een webpagina' },
  'ingestion/tls-report': {
    en: 'it is a TLS report (RFC 8460)',
    nl: 'het is een TLS-rapport (RFC 8460)',
  },
  'ingestion/failure-report': {
    en: 'it is a failure or abuse report: kept, and shown by its number; nothing is counted from it',
    nl: 'het is een fout- of misbruikrapport: bewaard, en te zien met zijn nummer; er wordt niets uit geteld',
  },
  'ingestion/no-report-in-mail': { en: 'the message holds no report', nl: 'het bericht bevat geen rapport' },
  'ingestion/bare-base64': {
    en: 'it came as base64 that nothing announces',
    nl: 'het kwam als base64 zonder aankondiging',
  },

  'ingestion/gzip-header': { en: 'its gzip header is damaged', nl: 'de gzip-kop is beschadigd' },
  'ingestion/gzip-damaged': { en: 'its compressed data is damaged', nl: 'de gecomprimeerde gegevens zijn beschadigd' },
  'ingestion/gzip-checksum': {
    en: 'its checksum does not match: the data was damaged on the way',
    nl: 'de controlesom klopt niet: de gegevens zijn onderweg beschadigd',
  },
  'ingestion/gzip-cut-short': { en: 'its gzip ends too early', nl: 'de gzip houdt te vroeg op' },
  'ingestion/gzip-size': {
    en: 'its gzip states a wrong size; the checksum is right',
    nl: 'de gzip noemt een verkeerde grootte; de controlesom klopt',
  },
  'ingestion/gzip-no-checksum': { en: 'its gzip carries no checksum', nl: 'de gzip heeft geen controlesom' },
  'ingestion/gzip-trailing-bytes': {
    en: 'bytes of no use follow its gzip',
    nl: 'er staan nutteloze bytes achter de gzip',
  },
  'ingestion/zlib-damaged': { en: 'its compressed data is damaged', nl: 'de gecomprimeerde gegevens zijn beschadigd' },
  'ingestion/zlib-cut-short': {
    en: 'its compressed data ends too early',
    nl: 'de gecomprimeerde gegevens houden te vroeg op',
  },

  'ingestion/zip-too-large': {
    en: 'the zip is larger than the limit of {limit} bytes',
    nl: 'de zip is groter dan de grens van {limit} bytes',
  },
  'ingestion/zip-cut-short': {
    en: 'the zip has no directory: its end is missing',
    nl: 'de zip heeft geen inhoudsopgave: het einde ontbreekt',
  },
  'ingestion/zip-directory': {
    en: 'the directory of the zip is damaged ({reason})',
    nl: 'de inhoudsopgave van de zip is beschadigd ({reason})',
  },
  'ingestion/zip-entries': {
    en: 'the zip has more than {limit} entries',
    nl: 'de zip bevat meer dan {limit} bestanden',
  },
  'ingestion/zip-overlap': {
    en: 'entries of the zip share their data, as only a bomb does',
    nl: 'bestanden in de zip delen hun gegevens, zoals alleen in een bom',
  },
  'ingestion/zip-encrypted': {
    en: 'it is encrypted, and there is no password for it',
    nl: 'het is versleuteld, en er is geen wachtwoord voor',
  },
  'ingestion/zip-method': {
    en: 'it is compressed in a way that is not opened (zip method {method})',
    nl: 'het is gecomprimeerd op een manier die niet wordt geopend (zip-methode {method})',
  },
  'ingestion/zip-damaged': { en: 'its data in the zip is damaged', nl: 'de gegevens in de zip zijn beschadigd' },
  'ingestion/zip-size': {
    en: 'it is not of the {size} bytes that the zip states',
    nl: 'het heeft niet de {size} bytes die de zip noemt',
  },
  'ingestion/zip-checksum': {
    en: 'its checksum in the zip does not match: the data was damaged',
    nl: 'de controlesom in de zip klopt niet: de gegevens zijn beschadigd',
  },
  'ingestion/zip-trailing-bytes': {
    en: 'bytes of no use follow the zip',
    nl: 'er staan nutteloze bytes achter de zip',
  },
  'ingestion/zip-junk': {
    en: 'folders and leavings of file managers in the zip were passed over ({entries})',
    nl: 'mappen en resten van bestandsbeheerders in de zip zijn overgeslagen ({entries})',
  },

  'ingestion/message-too-large': {
    en: 'the message is larger than the limit of {limit} bytes',
    nl: 'het bericht is groter dan de grens van {limit} bytes',
  },
  'ingestion/message-header': {
    en: 'the header fields of the message exceed {limit} bytes',
    nl: 'de kopvelden van het bericht zijn samen groter dan {limit} bytes',
  },
  'ingestion/message-depth': {
    en: 'the parts of the message lie more than {limit} deep in one another',
    nl: 'de delen van het bericht zitten meer dan {limit} diep in elkaar',
  },
  'ingestion/message-parts': {
    en: 'the message has more than {limit} parts',
    nl: 'het bericht heeft meer dan {limit} delen',
  },
  'ingestion/message-lines': {
    en: 'the message has more than {limit} lines, and is of an unusual shape',
    nl: 'het bericht heeft meer dan {limit} regels, en een ongewone vorm',
  },
  'ingestion/mbox-too-large': {
    en: 'the packed mailbox is larger than the limit of {limit} bytes; unpack it first',
    nl: 'de ingepakte mailbox is groter dan de grens van {limit} bytes; pak hem eerst uit',
  },
  'ingestion/delivery-status': {
    en: 'the message tells what became of another; what it returns is not read',
    nl: 'het bericht meldt wat er van een ander bericht is geworden; wat het teruggeeft wordt niet gelezen',
  },
  'ingestion/message-broken': {
    en: 'the message cannot be taken apart ({reason})',
    nl: 'het bericht kan niet worden ontleed ({reason})',
  },

  'ingestion/duplicate': {
    en: 'the same report was already counted ({countedRows} rows, {countedMessages} messages)',
    nl: 'hetzelfde rapport was al geteld ({countedRows} rijen, {countedMessages} berichten)',
  },
  'ingestion/tls-duplicate': {
    en: 'the sessions of the same TLS report were already counted',
    nl: 'de sessies van hetzelfde TLS-rapport waren al geteld',
  },
  'ingestion/tls-conflict': {
    en: 'it tells of other sessions than the copy of this TLS report that was counted; it is not counted',
    nl: 'het meldt andere sessies dan het getelde exemplaar van dit TLS-rapport; het telt niet mee',
  },
  'ingestion/replaces': {
    en: 'a fuller copy: {rows} rows in place of {countedRows}',
    nl: 'een vollediger exemplaar: {rows} rijen in plaats van {countedRows}',
  },
  'ingestion/fuller-stranger': {
    en: 'a fuller copy ({rows} rows against {countedRows}), but nothing shows that it comes from the same sender; it is not counted',
    nl: 'een vollediger exemplaar ({rows} rijen tegen {countedRows}), maar niets toont dat het van dezelfde afzender komt; het telt niet mee',
  },
  'ingestion/conflict': {
    en: 'it contradicts the copy that was counted ({rows} rows and {messages} messages against {countedRows} and {countedMessages}); it is not counted',
    nl: 'het spreekt het getelde exemplaar tegen ({rows} rijen en {messages} berichten tegen {countedRows} en {countedMessages}); het telt niet mee',
  },
  'ingestion/not-authentic': {
    en: 'it came by mail and was not written by the reporter it names; it is not counted',
    nl: 'het kwam per mail en is niet geschreven door de rapporteur die het noemt; het telt niet mee',
  },
  'ingestion/reporter-signs': {
    en: 'reports of {reporter} come signed',
    nl: 'rapporten van {reporter} komen ondertekend',
  },
  'ingestion/set-apart-by-hand': {
    en: 'somebody said that it shall not count',
    nl: 'iemand heeft gezegd dat het niet meetelt',
  },
  'ingestion/reader-broken': {
    en: 'Zegel failed to read it; this is a fault of Zegel ({reason})',
    nl: 'Zegel kon het niet lezen; dit is een fout van Zegel ({reason})',
  },
};
