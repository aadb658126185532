import type { Vocabulary } from './sentence.ts';

/** What decided a verdict of DMARC, what is wrong with a record of it, and what was met on the way to the record. */
export const dmarcWords: Vocabulary = {
  // Reasons of a verdict.
  'dmarc/no-policy': {
    en: 'no DMARC record governs this domain, so DMARC does not apply',
    nl: 'geen enkel DMARC-record geldt voor dit domein, dus DMARC is niet van toepassing',
  },
  'dmarc/policy-unknown': {
    en: 'the DNS did not say which DMARC record governs this domain, so the message can neither pass nor fail',
    nl: 'de DNS zei niet welk DMARC-record voor dit domein geldt, dus het bericht kan niet slagen en niet falen',
  },
  'dmarc/record-without-effect': {
    en: 'the DMARC record of {domain} has a policy that is missing or wrong, and no address for reports, so it has no effect',
    nl: 'in het DMARC-record van {domain} ontbreekt een beleid of is het fout, en er is geen adres voor rapporten, dus het heeft geen effect',
  },
  'dmarc/acts-as-none': {
    en: 'the DMARC record of {domain} has a policy that is missing or wrong, so it acts as p=none for the sake of its reports',
    nl: 'in het DMARC-record van {domain} ontbreekt een beleid of is het fout, dus het werkt als p=none, omwille van de rapporten',
  },
  'dmarc/policy-of-author-domain': {
    en: 'the domain has a record of its own ({domain}): {tag}={policy}',
    nl: 'het domein heeft een eigen record ({domain}): {tag}={policy}',
  },
  'dmarc/policy-of-organizational-domain': {
    en: 'the record of the organizational domain {domain} governs: {tag}={policy}',
    nl: 'het record van het organisatiedomein {domain} geldt: {tag}={policy}',
  },
  'dmarc/policy-of-public-suffix-domain': {
    en: 'the record of the public suffix {domain} governs: {tag}={policy}',
    nl: 'het record van het publieke achtervoegsel {domain} geldt: {tag}={policy}',
  },
  'dmarc/existence-unknown': {
    en: 'the policy turns on whether the domain exists, and the DNS did not say',
    nl: 'het beleid hangt ervan af of het domein bestaat, en dat zei de DNS niet',
  },
  'dmarc/dkim-aligned-strict': {
    en: 'DKIM passed for exactly this domain',
    nl: 'DKIM slaagde voor precies dit domein',
  },
  'dmarc/dkim-aligned-relaxed': {
    en: 'DKIM passed for a domain of the same organizational domain',
    nl: 'DKIM slaagde voor een domein van hetzelfde organisatiedomein',
  },
  'dmarc/spf-aligned-strict': { en: 'SPF passed for exactly this domain', nl: 'SPF slaagde voor precies dit domein' },
  'dmarc/spf-aligned-relaxed': {
    en: 'SPF passed for a domain of the same organizational domain',
    nl: 'SPF slaagde voor een domein van hetzelfde organisatiedomein',
  },
  'dmarc/dkim-not-strict': {
    en: 'DKIM passed for a domain of the same organizational domain, but the record asks for exactly this one (adkim=s)',
    nl: 'DKIM slaagde voor een domein van hetzelfde organisatiedomein, maar het record vraagt precies dit domein (adkim=s)',
  },
  'dmarc/spf-not-strict': {
    en: 'SPF passed for a domain of the same organizational domain, but the record asks for exactly this one (aspf=s)',
    nl: 'SPF slaagde voor een domein van hetzelfde organisatiedomein, maar het record vraagt precies dit domein (aspf=s)',
  },
  'dmarc/nothing-aligned': {
    en: 'no domain that passed SPF or DKIM speaks for this one',
    nl: 'geen domein dat voor SPF of DKIM slaagde, spreekt voor dit domein',
  },
  'dmarc/alignment-unknown': {
    en: 'the DNS did not answer a question that could have made the message pass, so it can neither pass nor fail',
    nl: 'de DNS gaf geen antwoord op een vraag die het bericht had kunnen laten slagen, dus het kan niet slagen en niet falen',
  },
  'dmarc/testing': {
    en: 'the owner is testing (t=y): {disposition} is asked for in place of {policy}',
    nl: 'de eigenaar is aan het testen (t=y): er wordt {disposition} gevraagd in plaats van {policy}',
  },
  'dmarc/sampled': {
    en: '{policy} is asked for {percent}% of the messages that fail, {disposition} for the rest (pct={percent})',
    nl: 'voor {percent}% van de berichten die falen wordt {policy} gevraagd, voor de rest {disposition} (pct={percent})',
  },

  // Why a text is no DMARC record.
  'dmarc/no-version': {
    en: 'the text does not begin with v=DMARC1, so it is no DMARC record',
    nl: 'de tekst begint niet met v=DMARC1, dus het is geen DMARC-record',
  },
  'dmarc/version-not-first': {
    en: 'v=DMARC1 must come first; where it stands now, the whole record is ignored',
    nl: 'v=DMARC1 moet vooraan staan; zoals het nu staat, wordt het hele record genegeerd',
  },
  'dmarc/wrong-version': {
    en: 'the version is {version}, and only DMARC1, in capitals, is one: the whole record is ignored',
    nl: 'de versie is {version}, en alleen DMARC1, in hoofdletters, is er een: het hele record wordt genegeerd',
  },
  'dmarc/space-before-version': {
    en: 'something stands before v=DMARC1: receivers that follow the grammar ignore the whole record',
    nl: 'er staat iets voor v=DMARC1: ontvangers die de grammatica volgen, negeren het hele record',
  },
  'dmarc/duplicate-tag': {
    en: 'the tag {tag} occurs twice: that makes the whole record invalid, and receivers that read it all the same differ in what they take',
    nl: 'de tag {tag} komt twee keer voor: dat maakt het hele record ongeldig, en ontvangers die het toch lezen verschillen in wat ze nemen',
  },
  'dmarc/too-long': {
    en: 'the text of {length} characters is longer than any TXT record',
    nl: 'de tekst van {length} tekens is langer dan een TXT-record kan zijn',
  },
  'dmarc/several-records': {
    en: '{domain} has {count} DMARC {count:record|records}: none of them counts',
    nl: '{domain} heeft {count} DMARC-records: geen ervan telt',
  },

  // What is wrong with a record, or odd about it.
  'dmarc/missing-semicolon': {
    en: 'there is no semicolon between {tag} and {next}',
    nl: 'er staat geen puntkomma tussen {tag} en {next}',
  },
  'dmarc/empty-tag': {
    en: 'two semicolons stand in a row',
    nl: 'er staan twee puntkomma’s achter elkaar',
  },
  'dmarc/not-a-tag': {
    en: '{text} is no tag with a value',
    nl: '{text} is geen tag met een waarde',
  },
  'dmarc/bad-character': {
    en: 'the value of {tag} has a character that may not stand there',
    nl: 'in de waarde van {tag} staat een teken dat daar niet mag staan',
  },
  'dmarc/tag-case': {
    en: 'the tag {tag} is written with a capital, and not every receiver reads that',
    nl: 'de tag {tag} is met een hoofdletter geschreven, en niet elke ontvanger leest dat',
  },
  'dmarc/unknown-tag': {
    en: 'there is no tag {tag}: it is ignored',
    nl: 'er bestaat geen tag {tag}: hij wordt genegeerd',
  },
  'dmarc/obsolete-tag': {
    en: 'the tag {tag} is gone from DMARC; only receivers of the older generation still heed it',
    nl: 'de tag {tag} bestaat niet meer in DMARC; alleen ontvangers van de oudere generatie letten er nog op',
  },
  'dmarc/invalid-value': {
    en: '{value} is no value of {tag}: the default is taken',
    nl: '{value} is geen waarde van {tag}: de standaardwaarde wordt genomen',
  },
  'dmarc/invalid-policy': {
    en: '{value} is no policy: {tag} must be none, quarantine or reject',
    nl: '{value} is geen beleid: {tag} moet none, quarantine of reject zijn',
  },
  'dmarc/missing-policy': {
    en: 'the record has no p, so it asks for nothing',
    nl: 'het record heeft geen p, dus het vraagt niets',
  },
  'dmarc/read-as-none': {
    en: 'because a policy is missing or wrong, the record is read as p=none',
    nl: 'omdat een beleid ontbreekt of fout is, wordt het record gelezen als p=none',
  },
  'dmarc/read-as-nothing': {
    en: 'because a policy is missing or wrong, and no address for reports is right, the record has no effect',
    nl: 'omdat een beleid ontbreekt of fout is, en geen adres voor rapporten klopt, heeft het record geen effect',
  },
  'dmarc/policy-not-second': {
    en: 'p does not come right after v, where receivers of the older generation look for it',
    nl: 'p staat niet direct na v, waar ontvangers van de oudere generatie het zoeken',
  },
  'dmarc/fo-without-ruf': {
    en: 'fo has no effect without ruf',
    nl: 'fo heeft geen effect zonder ruf',
  },
  'dmarc/fo-exclusive': {
    en: 'fo={value}: 0 and 1 exclude each other, so the default is taken',
    nl: 'fo={value}: 0 en 1 sluiten elkaar uit, dus de standaardwaarde wordt genomen',
  },
  'dmarc/testing-without-effect': {
    en: 't=y has no effect on a policy that is none',
    nl: 't=y heeft geen effect op een beleid dat none is',
  },

  // What is odd about where a record stands.
  'dmarc/alias': {
    en: '{name} is an alias: the record is that of {target}, whoever holds that name',
    nl: '{name} is een alias: het record is dat van {target}, wie die naam ook beheert',
  },
  'dmarc/subdomain-policy-ignored': {
    en: '{tag} in the record of {domain} is ignored: names below it inherit from {organizationalDomain}',
    nl: '{tag} in het record van {domain} wordt genegeerd: namen eronder erven van {organizationalDomain}',
  },
  'dmarc/psd-of-no-suffix': {
    en: 'psd=y says that others register names under {domain}, so each name right below it stands alone; on a domain of one’s own that breaks alignment',
    nl: 'psd=y zegt dat anderen namen onder {domain} registreren, dus elke naam direct eronder staat op zichzelf; op een eigen domein breekt dat de uitlijning',
  },
  'dmarc/suffix-without-psd': {
    en: '{domain} is a public suffix, and its record lacks psd=y: all domains below it count as one organisation',
    nl: '{domain} is een publiek achtervoegsel, en het record heeft geen psd=y: alle domeinen eronder tellen als één organisatie',
  },
  'dmarc/beyond-walks': {
    en: '{domain} has {labels} labels: its record is found for mail of exactly this name, and for none below it',
    nl: '{domain} heeft {labels} labels: het record wordt gevonden voor mail van precies deze naam, en voor geen naam eronder',
  },

  // Destinations of reports.
  'dmarc/report-uri-without-scheme': {
    en: '{uri} lacks mailto: in front, so no report is sent to it',
    nl: 'voor {uri} ontbreekt mailto:, dus er gaat geen rapport heen',
  },
  'dmarc/bad-report-uri': {
    en: '{uri} is not a URI that reports can be sent to',
    nl: '{uri} is geen URI waar rapporten heen kunnen',
  },
  'dmarc/report-scheme': {
    en: 'few receivers, if any, send reports to {scheme} addresses',
    nl: 'weinig ontvangers, als er al een is, sturen rapporten naar {scheme}-adressen',
  },
  'dmarc/report-address': {
    en: '{uri} has no e-mail address that can be read',
    nl: 'in {uri} staat geen e-mailadres dat gelezen kan worden',
  },
  'dmarc/report-size': {
    en: 'the size limit at the end of {uri} is obsolete and ignored',
    nl: 'de groottegrens achter {uri} is verouderd en wordt genegeerd',
  },
  'dmarc/repeated-report-uri': {
    en: '{uri} stands in {tag} twice',
    nl: '{uri} staat twee keer in {tag}',
  },
  'dmarc/no-report-uri': {
    en: '{tag} has no address that is right, so nothing is sent',
    nl: 'in {tag} staat geen adres dat klopt, dus er wordt niets gestuurd',
  },
  'dmarc/destination-without-host': {
    en: '{uri} names no host that could agree to receive reports about {domain}',
    nl: '{uri} noemt geen host die ermee kan instemmen rapporten over {domain} te ontvangen',
  },
  'dmarc/destination-name-too-long': {
    en: 'the name at which {host} would have to agree to reports about {domain} is too long to exist',
    nl: 'de naam waarop {host} met rapporten over {domain} zou moeten instemmen, is te lang om te bestaan',
  },
  'dmarc/destination-not-authorised': {
    en: '{host} does not say that it agrees to receive reports about {domain} (at {queryName}), so none are sent there',
    nl: '{host} zegt niet dat het instemt met rapporten over {domain} (op {queryName}), dus daar gaan er geen heen',
  },
  'dmarc/destination-elsewhere': {
    en: '{host} sends reports about {domain} on to another host ({elsewhere}), which is not allowed: none are sent at all',
    nl: '{host} stuurt rapporten over {domain} door naar een andere host ({elsewhere}), en dat mag niet: er gaan er helemaal geen heen',
  },
  'dmarc/destination-unknown': {
    en: 'the DNS did not say whether {host} agrees to receive reports about {domain}',
    nl: 'de DNS zei niet of {host} instemt met rapporten over {domain}',
  },

  // Where receivers with the tree walk (RFC 9989) and with the Public Suffix List (RFC 7489) part.
  'dmarc/generations-organizational-domain': {
    en: 'the organizational domain is {rfc9989} by the tree walk and {rfc7489} by the Public Suffix List',
    nl: 'het organisatiedomein is {rfc9989} volgens de DNS-wandeling en {rfc7489} volgens de Public Suffix List',
  },
  'dmarc/generations-policy-domain': {
    en: 'the policy comes from {rfc9989} for receivers of today and from {rfc7489} for those of the older generation',
    nl: 'het beleid komt van {rfc9989} voor ontvangers van nu en van {rfc7489} voor die van de oudere generatie',
  },
  'dmarc/generations-result': {
    en: 'the result is {rfc9989} for receivers of today and {rfc7489} for those of the older generation',
    nl: 'de uitslag is {rfc9989} voor ontvangers van nu en {rfc7489} voor die van de oudere generatie',
  },
  'dmarc/generations-disposition': {
    en: 'receivers of today are asked for {rfc9989}, those of the older generation for {rfc7489}',
    nl: 'van ontvangers van nu wordt {rfc9989} gevraagd, van die van de oudere generatie {rfc7489}',
  },
};
