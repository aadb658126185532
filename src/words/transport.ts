import type { Vocabulary } from './sentence.ts';

/** What can be wrong with where and how mail to a domain travels: MX, MTA-STS, TLSRPT, DANE. */
export const transportWords: Vocabulary = {
  // MTA-STS
  'transport/not-sts': {
    en: '{text} does not begin with v=STSv1, so it is no MTA-STS record',
    nl: '{text} begint niet met v=STSv1, dus het is geen MTA-STS-record',
  },
  'transport/sts-id': {
    en: 'the MTA-STS record needs an id of 1 to 32 letters and digits, and has “{id}”: senders take the domain to have no policy',
    nl: 'het MTA-STS-record heeft een id van 1 tot 32 letters en cijfers nodig, en heeft “{id}”: verzenders nemen aan dat het domein geen beleid heeft',
  },
  'transport/sts-several': {
    en: '{name} has {count} MTA-STS records: none of them counts',
    nl: '{name} heeft {count} MTA-STS-records: geen ervan telt',
  },
  'transport/sts-policy-too-long': {
    en: 'the policy file is {length} characters long, and senders need read no more than 64 kilobytes',
    nl: 'het beleidsbestand is {length} tekens lang, en verzenders hoeven niet meer dan 64 kilobyte te lezen',
  },
  'transport/sts-policy-line': {
    en: 'line {line} of the policy file is no field with a value ({text}), so there is no policy',
    nl: 'regel {line} van het beleidsbestand is geen veld met een waarde ({text}), dus er is geen beleid',
  },
  'transport/sts-policy-empty-line': {
    en: 'line {line} of the policy file is empty, which not every sender accepts',
    nl: 'regel {line} van het beleidsbestand is leeg, en dat aanvaardt niet elke verzender',
  },
  'transport/sts-policy-missing': {
    en: 'the policy file lacks {field}, so there is no policy',
    nl: 'in het beleidsbestand ontbreekt {field}, dus er is geen beleid',
  },
  'transport/sts-policy-invalid': {
    en: 'the policy file says {field}: {value}, which is not allowed, so there is no policy',
    nl: 'in het beleidsbestand staat {field}: {value}, en dat mag niet, dus er is geen beleid',
  },
  'transport/sts-policy-repeated': {
    en: '{field} stands in the policy file twice: only the first counts',
    nl: '{field} staat twee keer in het beleidsbestand: alleen de eerste telt',
  },
  'transport/sts-policy-mx': {
    en: '{pattern} is no name of a mail server, so it allows none',
    nl: '{pattern} is geen naam van een mailserver, dus er wordt niets mee toegelaten',
  },
  'transport/sts-policy-short': {
    en: 'the policy may be forgotten after {seconds} seconds; weeks are what makes it hold',
    nl: 'het beleid mag na {seconds} seconden vergeten worden; pas met weken houdt het stand',
  },
  'transport/sts-mx-refused': {
    en: 'the policy does not allow the mail server {host}: senders that heed it deliver nothing there',
    nl: 'het beleid laat de mailserver {host} niet toe: verzenders die het volgen leveren daar niets af',
  },
  'transport/sts-mx-reported': {
    en: 'the policy does not allow the mail server {host}: once it is enforced, senders will deliver nothing there',
    nl: 'het beleid laat de mailserver {host} niet toe: zodra het wordt afgedwongen, leveren verzenders daar niets meer af',
  },
  'transport/sts-mx-unused': {
    en: 'the policy allows {pattern}, which is no mail server of the domain',
    nl: 'het beleid laat {pattern} toe, en dat is geen mailserver van het domein',
  },
  // TLSRPT
  'transport/not-tls-rpt': {
    en: '{text} does not begin with v=TLSRPTv1, so it is no TLSRPT record',
    nl: '{text} begint niet met v=TLSRPTv1, dus het is geen TLSRPT-record',
  },
  'transport/tls-rpt-rua': {
    en: 'the TLSRPT record has no address (rua) that reports can be sent to, so it has no effect',
    nl: 'het TLSRPT-record heeft geen adres (rua) waar rapporten heen kunnen, dus het heeft geen effect',
  },
  'transport/tls-rpt-uri': {
    en: '{uri} is no address that TLS reports can be sent to',
    nl: '{uri} is geen adres waar TLS-rapporten heen kunnen',
  },
  'transport/tls-rpt-scheme': {
    en: 'TLS reports go to mailto: and https: only, not to {uri}',
    nl: 'TLS-rapporten gaan alleen naar mailto: en https:, niet naar {uri}',
  },
  'transport/tls-rpt-several': {
    en: '{name} has {count} TLSRPT {count:record|records}: none of them counts',
    nl: '{name} heeft {count} TLSRPT-records: geen ervan telt',
  },
  // The fields of both
  'transport/empty-field': { en: 'two semicolons stand in a row', nl: 'er staan twee puntkomma’s achter elkaar' },
  'transport/not-a-field': { en: '{text} is no field with a value', nl: '{text} is geen veld met een waarde' },
  'transport/repeated-field': {
    en: 'the field {field} occurs twice: only the first counts',
    nl: 'het veld {field} komt twee keer voor: alleen het eerste telt',
  },
  'transport/unknown-field': {
    en: 'there is no field {field}: it is ignored',
    nl: 'er bestaat geen veld {field}: het wordt genegeerd',
  },
  // DANE
  'transport/tlsa-unreadable': { en: '{text} is no TLSA record', nl: '{text} is geen TLSA-record' },
  'transport/tlsa-pkix': {
    en: 'the TLSA record {record} relies on public certificate authorities, which mail servers do not: senders may take it as unusable',
    nl: 'het TLSA-record {record} steunt op publieke certificaatautoriteiten, en dat doen mailservers niet: verzenders mogen het als onbruikbaar zien',
  },
  'transport/tlsa-unknown': {
    en: 'the TLSA record {record} has a value that nobody knows, so it is unusable',
    nl: 'het TLSA-record {record} heeft een waarde die niemand kent, dus het is onbruikbaar',
  },
  'transport/tlsa-length': {
    en: 'the TLSA record {record} holds {length} bytes, which is not the length of its digest, so it is unusable',
    nl: 'het TLSA-record {record} bevat {length} bytes, en dat is niet de lengte van de hash, dus het is onbruikbaar',
  },
  'transport/tlsa-full': {
    en: 'the TLSA record {record} holds a whole certificate or key; a digest is smaller, and works everywhere',
    nl: 'het TLSA-record {record} bevat een heel certificaat of een hele sleutel; een hash is kleiner en werkt overal',
  },
  'transport/tlsa-sha512': {
    en: 'the TLSA record {record} uses SHA2-512, which senders need not know; SHA2-256 works everywhere',
    nl: 'het TLSA-record {record} gebruikt SHA2-512, en dat hoeven verzenders niet te kennen; SHA2-256 werkt overal',
  },
  'transport/tlsa-insecure': {
    en: 'the TLSA records of {host} are not signed by DNSSEC, so they have no effect',
    nl: 'de TLSA-records van {host} zijn niet met DNSSEC ondertekend, dus ze hebben geen effect',
  },
  'transport/tlsa-none-usable': {
    en: 'none of the TLSA records of {host} is usable: senders encrypt, but check nobody’s identity',
    nl: 'geen van de TLSA-records van {host} is bruikbaar: verzenders versleutelen wel, maar controleren niemands identiteit',
  },
  // MX
  'transport/null-mx-and-others': {
    en: 'a null MX stands beside other MX records ({count} in all), which may not be',
    nl: 'er staat een null-MX naast andere MX-records ({count} in totaal), en dat mag niet',
  },
  'transport/null-mx-malformed': {
    en: 'the null MX must be one record with preference 0; here there are {count}, with preference {preference}',
    nl: 'de null-MX moet één record met voorkeur 0 zijn; hier staan er {count}, met voorkeur {preference}',
  },
  'transport/mx-address': {
    en: 'the MX record names an address, {exchange}, where a name must stand',
    nl: 'het MX-record noemt een adres, {exchange}, waar een naam moet staan',
  },
  'transport/sts-policy-media-type': {
    en: 'the policy file comes as {mediaType}, not as text/plain, so senders may take it for something else',
    nl: 'het beleidsbestand komt als {mediaType}, niet als text/plain, dus afzenders kunnen het voor iets anders aanzien',
  },
  'transport/dane-mismatch': {
    en: 'no TLSA record of {host} is of the certificate it shows',
    nl: 'geen TLSA-record van {host} hoort bij het certificaat dat de server toont',
  },
  'transport/dane-chain': {
    en: 'a TLSA record names an authority, and the signatures do not lead from it to the certificate of {host}',
    nl: 'een TLSA-record noemt een instantie, maar de handtekeningen leiden daar niet vandaan naar het certificaat van {host}',
  },
  'transport/dane-expired': {
    en: 'the certificate of {host} is of the authority a TLSA record names, and its dates do not hold today',
    nl: 'het certificaat van {host} is van de instantie die een TLSA-record noemt, maar geldt vandaag niet',
  },
  'transport/dane-name': {
    en: 'the certificate of {host} is of the authority a TLSA record names, and is not in its name',
    nl: 'het certificaat van {host} is van de instantie die een TLSA-record noemt, maar staat niet op zijn naam',
  },
  'transport/certificate-untrusted': {
    en: 'it leads to no authority that is trusted ({why})',
    nl: 'het leidt niet naar een instantie die vertrouwd wordt ({why})',
  },
  'transport/certificate-name': {
    en: 'it is not in the name of {host}, but of {names}',
    nl: 'het staat niet op naam van {host}, maar van {names}',
  },
  'transport/certificate-no-names': {
    en: 'it has no name in the place where names are looked for (subject alternative name)',
    nl: 'er staat geen naam op de plaats waar namen gezocht worden (subject alternative name)',
  },
};
