import type { Vocabulary } from './sentence.ts';

/** What can be wrong with a BIMI record, and what keeps a good one from being followed. */
export const bimiWords: Vocabulary = {
  'bimi/not-bimi': {
    en: '{text} does not begin with v=BIMI1, so it is no BIMI record',
    nl: '{text} begint niet met v=BIMI1, dus het is geen BIMI-record',
  },
  'bimi/too-long': {
    en: 'the text of {length} characters is longer than any TXT record',
    nl: 'de tekst van {length} tekens is langer dan een TXT-record kan zijn',
  },
  'bimi/duplicate-tag': {
    en: 'the tag {tag} occurs twice, which makes the whole record invalid',
    nl: 'de tag {tag} komt twee keer voor, en dat maakt het hele record ongeldig',
  },
  'bimi/missing-location': {
    en: 'the record lacks l, where the logo lies, so it is wrong',
    nl: 'in het record ontbreekt l, waar het logo staat, dus het is fout',
  },
  'bimi/bad-uri': {
    en: '{tag} must be one https: address at a full domain name, and is {uri}: the record is wrong',
    nl: '{tag} moet één https:-adres op een volledige domeinnaam zijn, en is {uri}: het record is fout',
  },
  'bimi/format': {
    en: 'the logo {uri} is a {format}; only SVG is shown',
    nl: 'het logo {uri} is een {format}; alleen SVG wordt getoond',
  },
  'bimi/format-unknown': {
    en: 'the name of the logo {uri} does not say that it is an SVG',
    nl: 'aan de naam van het logo {uri} is niet te zien dat het een SVG is',
  },
  'bimi/evidence-alone': { en: 'there is evidence ({uri}) and no logo', nl: 'er is bewijs ({uri}) en geen logo' },
  'bimi/no-evidence': {
    en: 'without a mark certificate (a) most mailbox providers show no logo',
    nl: 'zonder merkcertificaat (a) tonen de meeste mailboxaanbieders geen logo',
  },
  'bimi/preference': {
    en: '{value} is no value of avp: it is ignored, and some providers take the record as failed',
    nl: '{value} is geen waarde van avp: het wordt genegeerd, en sommige aanbieders keuren het record af',
  },
  'bimi/prefix': {
    en: '{prefix} cannot begin a selector: only letters, digits and dashes can',
    nl: '{prefix} kan niet het begin van een selector zijn: alleen letters, cijfers en streepjes kunnen dat',
  },
  'bimi/not-a-tag': { en: '“{text}” is no tag with a value', nl: '“{text}” is geen tag met een waarde' },
  'bimi/tag-case': {
    en: 'the tag {tag} must be written in small letters: as it stands, it is ignored',
    nl: 'de tag {tag} moet met kleine letters geschreven zijn: zoals hij er staat, wordt hij genegeerd',
  },
  'bimi/unknown-tag': {
    en: 'there is no tag {tag}: it is ignored',
    nl: 'er bestaat geen tag {tag}: hij wordt genegeerd',
  },
  'bimi/several-records': {
    en: '{name} has {count} BIMI {count:record|records}: none of them counts',
    nl: '{name} heeft {count} BIMI-records: geen ervan telt',
  },
  // What DMARC must say first
  'bimi/no-dmarc': {
    en: 'without a DMARC policy that has effect, no logo is shown',
    nl: 'zonder DMARC-beleid dat effect heeft, wordt geen logo getoond',
  },
  'bimi/policy-none': {
    en: 'with the DMARC policy none, no logo is shown',
    nl: 'met het DMARC-beleid none wordt geen logo getoond',
  },
  'bimi/subdomain-policy-none': {
    en: 'with the DMARC subdomain policy none (sp), no logo is shown',
    nl: 'met het DMARC-subdomeinbeleid none (sp) wordt geen logo getoond',
  },
  'bimi/partial-quarantine': {
    en: 'with quarantine for {percent}% of the messages (pct), no logo is shown',
    nl: 'met quarantine voor {percent}% van de berichten (pct) wordt geen logo getoond',
  },
  'bimi/testing': {
    en: 'while DMARC is being tested (t=y), no logo is shown',
    nl: 'zolang DMARC wordt getest (t=y), wordt geen logo getoond',
  },
  'bimi/logo-no-svg': { en: 'the logo is no SVG', nl: 'het logo is geen SVG' },
  'bimi/logo-large': {
    en: 'the logo is {bytes} bytes; providers take at most {most}',
    nl: 'het logo is {bytes} bytes; aanbieders nemen er hoogstens {most}',
  },
  'bimi/logo-profile': {
    en: 'the logo must say version="1.2" baseProfile="tiny-ps", and says version="{version}" baseProfile="{profile}"',
    nl: 'het logo hoort version="1.2" baseProfile="tiny-ps" te zeggen, en zegt version="{version}" baseProfile="{profile}"',
  },
  'bimi/logo-position': {
    en: 'the logo says where on a page it stands (x, y), which the profile does not have',
    nl: 'het logo zegt waar op een pagina het staat (x, y), en dat kent het profiel niet',
  },
  'bimi/logo-no-title': { en: 'the logo has no title', nl: 'het logo heeft geen titel' },
  'bimi/logo-forbidden': {
    en: 'the logo has a {element}, which the profile does not have',
    nl: 'het logo heeft een {element}, en die kent het profiel niet',
  },
  'bimi/logo-reference': {
    en: 'the logo fetches something from elsewhere',
    nl: 'het logo haalt iets van elders op',
  },
  'bimi/evidence-unreadable': {
    en: 'what lies at a= is no certificate',
    nl: 'wat bij a= ligt is geen certificaat',
  },
  'bimi/evidence-no-mark': {
    en: 'the certificate is not one for logos (mark certificate)',
    nl: 'het certificaat is er geen voor logo’s (mark certificate)',
  },
  'bimi/evidence-expired': {
    en: 'the mark certificate does not hold today (it ends on {day})',
    nl: 'het mark certificate geldt vandaag niet (het verloopt op {day})',
  },
  'bimi/evidence-name': {
    en: 'the mark certificate is not for this domain, but for {names}',
    nl: 'het mark certificate is niet voor dit domein, maar voor {names}',
  },
};
