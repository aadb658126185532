// long because: every finding of a look at a domain has its sentence here, twice.
import type { Vocabulary } from './sentence.ts';

/** What is amiss with what a domain publishes, by code. */
export const postureWords: Vocabulary = {
  // The domain
  'posture/no-such-domain': {
    en: '{name} does not exist; what counts is the policy from above',
    nl: '{name} bestaat niet; wat telt is het beleid van erboven',
  },
  'posture/name-absent': { en: '{name} does not exist', nl: '{name} bestaat niet' },
  // SPF
  'posture/spf-missing': {
    en: 'there is no SPF record, so nothing says which servers may send for {name}',
    nl: 'er is geen SPF-record, dus niets zegt welke servers voor {name} mogen versturen',
  },
  'posture/spf-missing-unused': {
    en: 'there is no SPF record; for a domain that sends nothing it should say that nobody may',
    nl: 'er is geen SPF-record; voor een domein dat niets verstuurt hoort het te zeggen dat niemand mag',
  },
  'posture/spf-several': {
    en: '{name} has {count} SPF {count:record|records}, and with more than one none of them counts',
    nl: '{name} heeft {count} SPF-records, en bij meer dan één telt er geen',
  },
  'posture/spf-invalid': {
    en: 'the SPF record cannot be read, so every check of it ends in an error',
    nl: 'het SPF-record is niet te lezen, dus elke controle eindigt in een fout',
  },
  'posture/spf-untold': {
    en: 'part of the SPF record leans on a name the DNS did not answer for, so what it allows could not be told whole',
    nl: 'een deel van het SPF-record leunt op een naam waarover de DNS niets zei, dus wat het toestaat is niet helemaal te zeggen',
  },
  'posture/spf-too-many-lookups': {
    en: 'the SPF record needs more than the 10 DNS look-ups that are allowed ({lookups}): receivers stop with an error, and mail that comes late in the record fails',
    nl: 'het SPF-record vraagt meer dan de 10 toegestane DNS-opzoekingen ({lookups}): ontvangers stoppen met een fout, en mail die laat in het record komt faalt',
  },
  'posture/spf-too-many-void-lookups': {
    en: 'more than two names in the SPF record have no answer, so receivers stop with an error',
    nl: 'meer dan twee namen in het SPF-record geven geen antwoord, dus ontvangers stoppen met een fout',
  },
  'posture/spf-error': {
    en: 'a term of the SPF record leads to an error, which ends the check for every server after it',
    nl: 'een term van het SPF-record leidt tot een fout, en die beëindigt de controle voor elke server daarna',
  },
  'posture/spf-near-limit': {
    en: 'the SPF record needs {lookups} of the 10 DNS look-ups allowed: one change at a provider can break it',
    nl: 'het SPF-record gebruikt {lookups} van de 10 toegestane DNS-opzoekingen: één wijziging bij een leverancier kan het breken',
  },
  'posture/spf-passes-all': {
    en: 'the SPF record lets (nearly) every server in the world send as {name}',
    nl: 'het SPF-record laat (bijna) elke server ter wereld versturen als {name}',
  },
  'posture/spf-neutral': {
    en: 'the SPF record says nothing about servers it does not name (?all, or no all)',
    nl: 'het SPF-record zegt niets over servers die het niet noemt (?all, of geen all)',
  },
  'posture/spf-hard-fail': {
    en: '-all can get mail rejected before DKIM or DMARC is looked at, and no report shows it; under DMARC ~all protects as well',
    nl: 'door -all kan mail geweigerd worden voordat naar DKIM of DMARC is gekeken, en geen rapport laat dat zien; met DMARC beschermt ~all even goed',
  },
  'posture/spf-unused-open': {
    en: 'the domain sends nothing, yet its SPF record does not end in a plain "nobody may" (-all) or lets servers send',
    nl: 'het domein verstuurt niets, maar het SPF-record eindigt niet op "niemand mag" (-all) of laat servers versturen',
  },
  'posture/spf-sends-with-null-mx': {
    en: 'SPF lets servers send, but the null MX says the domain has no mail: some receivers refuse its messages',
    nl: 'SPF laat servers versturen, maar de null MX zegt dat het domein geen mail heeft: sommige ontvangers weigeren de berichten',
  },
  'posture/spf-wide': {
    en: '"{term}" (in the record of {owner}) lets {addresses} {addresses:address|addresses} send: too many to be one organisation’s mail servers',
    nl: '"{term}" (in het record van {owner}) laat {addresses} {addresses:adres|adressen} versturen: te veel voor de mailservers van één organisatie',
  },
  'posture/spf-rented': {
    en: '"{term}" lets {addresses} {addresses:address|addresses} of {owner} send, and anyone can rent a server there',
    nl: '"{term}" laat {addresses} {addresses:adres|adressen} van {owner} versturen, en iedereen kan daar een server huren',
  },
  'posture/spf-dangling': {
    en: '"{text}" leans on {missing}, which does not exist: whoever takes {claim} decides who may send as {name}',
    nl: '"{text}" leunt op {missing}, dat niet bestaat: wie {claim} neemt, bepaalt wie als {name} mag versturen',
  },
  'posture/spf-shared-relay': {
    en: '"{term}" lets in the servers of {provider}, which send for all its customers',
    nl: '"{term}" laat de servers van {provider} toe, die voor al zijn klanten versturen',
  },
  'posture/spf-ptr': {
    en: 'the SPF record uses ptr, which is slow, unreliable and not to be used',
    nl: 'het SPF-record gebruikt ptr, dat traag en onbetrouwbaar is en niet gebruikt hoort te worden',
  },
  'posture/spf-flaws': {
    en: '{count} {count:thing|things} in the SPF record {count:is|are} odd',
    nl: '{count} {count:ding|dingen} in het SPF-record {count:is|zijn} vreemd',
  },
  'posture/spf-long': {
    en: 'the SPF record is {length} characters long; beyond about 450 an answer may not fit one packet',
    nl: 'het SPF-record is {length} tekens lang; boven ongeveer 450 past een antwoord mogelijk niet in één pakket',
  },
  'posture/helo-without-spf': {
    en: '{name} has no SPF record; bounces and auto-replies are judged by it',
    nl: '{name} heeft geen SPF-record; bounces en automatische antwoorden worden daarop beoordeeld',
  },
  // DMARC
  'posture/dmarc-missing': {
    en: 'no DMARC record governs the domain: receivers are told nothing about forged mail',
    nl: 'er geldt geen DMARC-record voor het domein: ontvangers horen niets over vervalste mail',
  },
  'posture/dmarc-without-effect': {
    en: 'the DMARC record has no policy that can be read and no address for reports, so it does nothing',
    nl: 'het DMARC-record heeft geen leesbaar beleid en geen adres voor rapporten, dus het doet niets',
  },
  'posture/dmarc-acts-as-none': {
    en: 'the policy in the DMARC record is missing or wrong, so it is read as p=none: watch only',
    nl: 'het beleid in het DMARC-record ontbreekt of is fout, dus het wordt gelezen als p=none: alleen kijken',
  },
  'posture/dmarc-several': {
    en: 'there {count:is|are} {count} TXT {count:record|records} at {name} with more than one DMARC record, and then none of them counts',
    nl: 'op {name} staan {count} TXT-records met meer dan één DMARC-record, en dan telt er geen',
  },
  'posture/dmarc-invalid': {
    en: 'the DMARC record cannot be read, so it counts for nothing',
    nl: 'het DMARC-record is niet te lezen, dus het telt niet',
  },
  'posture/dmarc-not-recognised': {
    en: 'the text at {name} was meant to be a DMARC record, but receivers do not see one',
    nl: 'de tekst op {name} was bedoeld als DMARC-record, maar ontvangers zien er geen',
  },
  'posture/dmarc-flaws': {
    en: '{count} {count:thing|things} in the DMARC record {count:is|are} odd',
    nl: '{count} {count:ding|dingen} in het DMARC-record {count:is|zijn} vreemd',
  },
  'posture/dmarc-alias': {
    en: '{name} is an alias: the policy is whatever {target} says',
    nl: '{name} is een alias: het beleid is wat {target} zegt',
  },
  'posture/dmarc-alias-and-text': {
    en: '{name} is an alias and has a text as well, which may not be: which one a receiver sees is chance',
    nl: '{name} is een alias en heeft ook een tekst, en dat mag niet: welke een ontvanger ziet is toeval',
  },
  'posture/dmarc-alias-dangling': {
    en: '{at} is an alias of {missing}, which does not exist: whoever takes {claim} writes your DMARC policy',
    nl: '{at} is een alias van {missing}, dat niet bestaat: wie {claim} neemt, schrijft uw DMARC-beleid',
  },
  'posture/dmarc-inherited': {
    en: 'the domain has no DMARC record of its own; that of {from} governs and asks for {asks}',
    nl: 'het domein heeft geen eigen DMARC-record; dat van {from} geldt en vraagt {asks}',
  },
  'posture/dmarc-none': {
    en: 'p=none: forged mail is counted, and delivered',
    nl: 'p=none: vervalste mail wordt geteld, en afgeleverd',
  },
  'posture/dmarc-quarantine': {
    en: 'p=quarantine: forged mail is set apart, not refused',
    nl: 'p=quarantine: vervalste mail wordt apart gezet, niet geweigerd',
  },
  'posture/dmarc-testing': {
    en: 't=y softens {policy} to {asks}; older receivers ignore it',
    nl: 't=y verzacht {policy} tot {asks}; oudere ontvangers negeren het',
  },
  'posture/dmarc-pct': {
    en: 'pct={percent} makes older receivers apply {policy} to only that part of forged mail',
    nl: 'door pct={percent} passen oudere ontvangers {policy} maar op dat deel van de vervalste mail toe',
  },
  'posture/dmarc-reject-users': {
    en: 'people mail from this domain: at p=reject some of their mail through mailing lists and forwarders is lost',
    nl: 'mensen mailen vanaf dit domein: met p=reject gaat een deel van hun mail via mailinglijsten en doorstuurders verloren',
  },
  'posture/dmarc-subdomains-weaker': {
    en: 'for subdomains only {asks} is asked, for the domain itself {policy}',
    nl: 'voor subdomeinen wordt maar {asks} gevraagd, voor het domein zelf {policy}',
  },
  'posture/dmarc-nonexistent-weaker': {
    en: 'for names that do not exist only {asks} is asked, for existing ones {policy}: anyone can make such a name up',
    nl: 'voor namen die niet bestaan wordt maar {asks} gevraagd, voor bestaande {policy}: iedereen kan zo’n naam verzinnen',
  },
  'posture/dmarc-np-disabled': {
    en: 'np={np} has no effect: the wildcard {name} ({types}) makes every name exist',
    nl: 'np={np} heeft geen effect: door de wildcard {name} ({types}) bestaat elke naam',
  },
  'posture/dmarc-sp-ignored': {
    en: '{tag} in this record is ignored: names below inherit from {from}',
    nl: '{tag} in dit record wordt genegeerd: namen eronder erven van {from}',
  },
  'posture/dmarc-psd-wrong': {
    en: 'psd=y says that strangers register names under this domain, which breaks alignment for all its subdomains',
    nl: 'psd=y zegt dat vreemden namen onder dit domein registreren, en dat breekt de uitlijning van alle subdomeinen',
  },
  'posture/dmarc-psd-missing': {
    en: 'this is a public suffix without psd=y: all domains below it count as one organisation',
    nl: 'dit is een publiek achtervoegsel zonder psd=y: alle domeinen eronder tellen als één organisatie',
  },
  'posture/dmarc-beyond-walks': {
    en: 'the name has eight labels or more: no name below it ever finds this record',
    nl: 'de naam heeft acht labels of meer: geen naam eronder vindt ooit dit record',
  },
  'posture/dmarc-passed-over': {
    en: '{name} has a DMARC record that does not govern {domain}: that of {from} does',
    nl: '{name} heeft een DMARC-record dat niet geldt voor {domain}: dat van {from} geldt',
  },
  'posture/dmarc-generations-differ': {
    en: 'older and newer receivers come to different conclusions about this domain',
    nl: 'oudere en nieuwere ontvangers komen voor dit domein tot verschillende conclusies',
  },
  'posture/dmarc-no-reports': {
    en: 'no rua: nobody tells you who mails in your name',
    nl: 'geen rua: niemand vertelt u wie er in uw naam mailt',
  },
  'posture/dmarc-reports-dangling': {
    en: 'reports go to {host}, but {claim} does not exist: whoever registers it reads them',
    nl: 'rapporten gaan naar {host}, maar {claim} bestaat niet: wie het registreert, leest ze',
  },
  'posture/dmarc-reports-undeliverable': {
    en: 'reports go to {host}, which takes no mail',
    nl: 'rapporten gaan naar {host}, dat geen mail aanneemt',
  },
  'posture/dmarc-reports-unauthorised': {
    en: '{host} has not said that it wants reports about this domain, so receivers send none to {uri}',
    nl: '{host} heeft niet gezegd dat het rapporten over dit domein wil, dus ontvangers sturen niets naar {uri}',
  },
  'posture/dmarc-reports-untold': {
    en: 'whether {host} agrees to receive reports could not be told',
    nl: 'of {host} instemt met rapporten, was niet te zeggen',
  },
  // DKIM
  'posture/dkim-none': {
    en: 'there is no DKIM key at all, so no message can be signed in this name',
    nl: 'er is geen enkele DKIM-sleutel, dus geen bericht kan op deze naam ondertekend worden',
  },
  'posture/dkim-not-found': {
    en: 'no DKIM key was found under {asked} {asked:selector|selectors}; the domain may use others',
    nl: 'onder {asked} selectors is geen DKIM-sleutel gevonden; het domein kan andere gebruiken',
  },
  'posture/dkim-wildcard-key': {
    en: 'every selector answers with a key, because of a wildcard: selectors can no longer be withdrawn one by one',
    nl: 'elke selector antwoordt met een sleutel, door een wildcard: selectors zijn niet meer één voor één in te trekken',
  },
  'posture/dkim-wildcard-text': {
    en: 'every selector answers with a text that is no key, because of a wildcard',
    nl: 'elke selector antwoordt met een tekst die geen sleutel is, door een wildcard',
  },
  'posture/dkim-dangling': {
    en: '{at} is an alias of {missing}, which does not exist: whoever takes {claim} can sign as this domain',
    nl: '{at} is een alias van {missing}, dat niet bestaat: wie {claim} neemt, kan ondertekenen als dit domein',
  },
  'posture/dkim-unusable': {
    en: 'the record of selector {selector} holds no key that can be used',
    nl: 'het record van selector {selector} bevat geen bruikbare sleutel',
  },
  'posture/dkim-seen-gone': {
    en: 'selector {selector} was seen in reports and is no longer there',
    nl: 'selector {selector} is gezien in rapporten en is er niet meer',
  },
  'posture/dkim-given-missing': {
    en: 'there is no key for selector {selector}',
    nl: 'er is geen sleutel voor selector {selector}',
  },
  'posture/dkim-several': {
    en: 'selector {selector} has {count} {count:record|records}: which one counts is not defined',
    nl: 'selector {selector} heeft {count} {count:record|records}: welk telt is niet bepaald',
  },
  'posture/dkim-revoked': {
    en: 'the key of selector {selector} is withdrawn',
    nl: 'de sleutel van selector {selector} is ingetrokken',
  },
  'posture/dkim-unused-key': {
    en: 'the domain sends nothing, yet selector {selector} still has a key',
    nl: 'het domein verstuurt niets, maar selector {selector} heeft nog een sleutel',
  },
  'posture/dkim-key-broken': {
    en: 'the key of selector {selector} has {bits} bits: it can be broken, and receivers must not accept it',
    nl: 'de sleutel van selector {selector} heeft {bits} bits: hij is te kraken, en ontvangers mogen hem niet accepteren',
  },
  'posture/dkim-key-short': {
    en: 'the key of selector {selector} has {bits} bits; 2048 is what it should be',
    nl: 'de sleutel van selector {selector} heeft {bits} bits; 2048 hoort het te zijn',
  },
  'posture/dkim-testing': {
    en: 'the key of selector {selector} says it is a test (t=y): its signatures count for nothing',
    nl: 'de sleutel van selector {selector} zegt dat het een proef is (t=y): de handtekeningen tellen niet',
  },
  'posture/dkim-sha1': {
    en: 'the key of selector {selector} allows only SHA-1, which no receiver accepts',
    nl: 'de sleutel van selector {selector} staat alleen SHA-1 toe, en dat accepteert geen ontvanger',
  },
  'posture/dkim-flaws': {
    en: 'something in the key record of selector {selector} is odd',
    nl: 'iets in het sleutelrecord van selector {selector} is vreemd',
  },
  // Mail servers
  'posture/mx-invalid': { en: 'the MX records are not right', nl: 'de MX-records kloppen niet' },
  'posture/mx-implicit': {
    en: 'there is no MX record, so mail is tried at the address of the domain itself',
    nl: 'er is geen MX-record, dus mail wordt geprobeerd op het adres van het domein zelf',
  },
  'posture/mx-nowhere': {
    en: 'the domain takes no mail, and does not say so with a null MX',
    nl: 'het domein neemt geen mail aan, en zegt dat niet met een null MX',
  },
  'posture/mx-dangling': {
    en: 'the mail server {target} does not exist: whoever takes {claim} receives your mail',
    nl: 'de mailserver {target} bestaat niet: wie {claim} neemt, ontvangt uw mail',
  },
  'posture/mx-without-address': {
    en: 'the mail server {host} has no address',
    nl: 'de mailserver {host} heeft geen adres',
  },
  'posture/mx-without-ipv6': {
    en: 'the mail server {host} has no IPv6 address',
    nl: 'de mailserver {host} heeft geen IPv6-adres',
  },
  'posture/sts-missing': {
    en: 'there is no MTA-STS: whoever sits between two servers can take the encryption away',
    nl: 'er is geen MTA-STS: wie tussen twee servers zit, kan de versleuteling weghalen',
  },
  'posture/sts-invalid': {
    en: 'the MTA-STS record is not right, so it counts for nothing',
    nl: 'het MTA-STS-record klopt niet, dus het telt niet',
  },
  'posture/sts-policy-unreadable': {
    en: 'the MTA-STS policy file at {name} cannot be fetched or read',
    nl: 'het MTA-STS-beleidsbestand op {name} is niet op te halen of niet te lezen',
  },
  'posture/sts-not-enforced': {
    en: 'the MTA-STS policy is in mode {mode}: it protects nothing yet',
    nl: 'het MTA-STS-beleid staat in de stand {mode}: het beschermt nog niets',
  },
  'posture/sts-policy-flaws': {
    en: 'the MTA-STS policy and the mail servers do not fit together',
    nl: 'het MTA-STS-beleid en de mailservers passen niet bij elkaar',
  },
  'posture/tls-rpt-missing': {
    en: 'nobody is asked to report failed encryption (TLS-RPT)',
    nl: 'niemand wordt gevraagd mislukte versleuteling te melden (TLS-RPT)',
  },
  'posture/tls-rpt-invalid': {
    en: 'the TLS-RPT record is not right, so nobody reports',
    nl: 'het TLS-RPT-record klopt niet, dus niemand meldt iets',
  },
  'posture/dane-missing': {
    en: 'the mail servers have no DANE records',
    nl: 'de mailservers hebben geen DANE-records',
  },
  'posture/dane-partly': {
    en: '{host} has no DANE record while other servers do: an attacker picks this one',
    nl: '{host} heeft geen DANE-record terwijl andere servers dat wel hebben: een aanvaller kiest deze',
  },
  'posture/dane-insecure': {
    en: 'the DANE record of {host} is not vouched for by DNSSEC, so it has no effect',
    nl: 'het DANE-record van {host} wordt niet door DNSSEC bevestigd, dus het heeft geen effect',
  },
  'posture/dane-unusable': {
    en: 'none of the DANE records of {host} can be used',
    nl: 'geen van de DANE-records van {host} is bruikbaar',
  },
  'posture/dane-flaws': {
    en: 'something in the DANE records of {host} is odd',
    nl: 'iets in de DANE-records van {host} is vreemd',
  },
  'posture/dane-mx-unsigned': {
    en: 'the servers have DANE, but the MX records that lead to them are not signed',
    nl: 'de servers hebben DANE, maar de MX-records die erheen leiden zijn niet ondertekend',
  },
  'posture/dnssec-missing': {
    en: 'the domain is not signed with DNSSEC: its answers can be forged on the way',
    nl: 'het domein is niet met DNSSEC ondertekend: antwoorden zijn onderweg te vervalsen',
  },
  'posture/dnssec-unvalidated': {
    en: 'the domain is signed with DNSSEC, but the resolver that was asked does not check it',
    nl: 'het domein is met DNSSEC ondertekend, maar de gevraagde resolver controleert het niet',
  },
  'posture/name-server-dangling': {
    en: 'the name server {target} does not exist: whoever takes {claim} answers for the whole domain',
    nl: 'de nameserver {target} bestaat niet: wie {claim} neemt, antwoordt voor het hele domein',
  },
  'posture/bimi-invalid': { en: 'the BIMI record is not right', nl: 'het BIMI-record klopt niet' },
  'posture/bimi-without-policy': {
    en: 'there is a BIMI record, but the DMARC policy keeps the logo from being shown',
    nl: 'er is een BIMI-record, maar door het DMARC-beleid wordt het logo niet getoond',
  },
  // Other names
  'posture/name-dangling': {
    en: '{at} is an alias of {missing}, which does not exist: whoever takes {claim} holds {at}, and mails as it',
    nl: '{at} is een alias van {missing}, dat niet bestaat: wie {claim} neemt, heeft {at} in handen en mailt als die naam',
  },
  'posture/name-record-invalid': {
    en: 'the DMARC record at {name} counts for nothing',
    nl: 'het DMARC-record op {name} telt niet',
  },
  'posture/name-weaker': {
    en: 'the subdomain’s own record asks for {asks}, while {domain} asks for {policy}',
    nl: 'het eigen record van het subdomein vraagt {asks}, terwijl {domain} {policy} vraagt',
  },
  'posture/wildcard': {
    en: 'every name under the domain exists, because of a wildcard ({types})',
    nl: 'elke naam onder het domein bestaat, door een wildcard ({types})',
  },
  'posture/wildcard-spf': {
    en: 'a wildcard gives every name under the domain an SPF record that lets servers send',
    nl: 'een wildcard geeft elke naam onder het domein een SPF-record dat servers laat versturen',
  },
  'posture/wildcard-dangling': {
    en: 'the wildcard {at} is an alias of {missing}, which does not exist: whoever takes {claim} holds every name under the domain',
    nl: 'de wildcard {at} is een alias van {missing}, dat niet bestaat: wie {claim} neemt, heeft elke naam onder het domein in handen',
  },
  // What could not be told
  'posture/untold-spf': {
    en: 'whether there is an SPF record could not be told: the DNS did not answer for {name} ({reason})',
    nl: 'of er een SPF-record is, was niet te zeggen: de DNS gaf geen antwoord over {name} ({reason})',
  },
  'posture/untold-dmarc': {
    en: 'which DMARC policy is in force could not be told: the DNS did not answer for {name} ({reason})',
    nl: 'welk DMARC-beleid geldt, was niet te zeggen: de DNS gaf geen antwoord over {name} ({reason})',
  },
  'posture/untold-dkim': {
    en: 'whether there are DKIM keys could not be told ({reason})',
    nl: 'of er DKIM-sleutels zijn, was niet te zeggen ({reason})',
  },
  'posture/untold-mx': {
    en: 'where the domain receives mail could not be told ({reason})',
    nl: 'waar het domein mail ontvangt, was niet te zeggen ({reason})',
  },
  'posture/untold-existence': {
    en: 'whether the domain exists could not be told ({reason})',
    nl: 'of het domein bestaat, was niet te zeggen ({reason})',
  },
  'posture/untold-name-servers': {
    en: 'the name servers could not be told ({reason})',
    nl: 'de nameservers waren niet te zeggen ({reason})',
  },
  'posture/untold-dnssec': {
    en: 'whether the domain is signed with DNSSEC could not be told ({reason})',
    nl: 'of het domein met DNSSEC is ondertekend, was niet te zeggen ({reason})',
  },
  'posture/untold-mta-sts': {
    en: 'whether there is MTA-STS could not be told ({reason})',
    nl: 'of er MTA-STS is, was niet te zeggen ({reason})',
  },
  'posture/untold-tls-rpt': {
    en: 'whether there is TLS-RPT could not be told ({reason})',
    nl: 'of er TLS-RPT is, was niet te zeggen ({reason})',
  },
  'posture/untold-bimi': {
    en: 'whether there is a BIMI record could not be told ({reason})',
    nl: 'of er een BIMI-record is, was niet te zeggen ({reason})',
  },
  'posture/untold-wildcard': {
    en: 'whether names that nobody made exist could not be told ({reason})',
    nl: 'of namen die niemand gemaakt heeft bestaan, was niet te zeggen ({reason})',
  },
  'posture/untold-others': {
    en: '{count} other {count:question|questions} had no answer, among them {example} {type} ({reason})',
    nl: '{count} andere {count:vraag kreeg|vragen kregen} geen antwoord, waaronder {example} {type} ({reason})',
  },
  'posture/lookups-left-out': {
    en: 'the records lead to so many names that {count} {count:look-up is|look-ups are} not listed',
    nl: 'de records leiden naar zo veel namen dat {count} {count:opzoeking|opzoekingen} niet {count:is|zijn} opgenomen',
  },
  // Servers that were connected to
  'posture/servers-not-reached': {
    en: 'none of the {count} mail {count:server|servers} could be reached on port 25 from here ({why}); many networks let nothing out on that port',
    nl: 'geen van de {count} {count:mailserver|mailservers} was hiervandaan op poort 25 te bereiken ({why}); veel netwerken laten op die poort niets naar buiten',
  },
  'posture/server-not-reached': {
    en: 'the mail server {host} could not be reached at {address} ({said})',
    nl: 'de mailserver {host} was op {address} niet te bereiken ({said})',
  },
  'posture/server-private': {
    en: 'the mail server {host} is at {address}, which is no address of the public Internet: nobody outside can deliver there',
    nl: 'de mailserver {host} staat op {address}, en dat is geen adres van het openbare internet: niemand van buiten kan daar bezorgen',
  },
  'posture/server-unwilling': {
    en: 'the mail server {host} would not talk to us: {said}',
    nl: 'de mailserver {host} wilde niet met ons praten: {said}',
  },
  'posture/server-not-smtp': {
    en: 'what answers at {host}, {address}, is no mail server',
    nl: 'wat op {host}, {address}, antwoordt is geen mailserver',
  },
  'posture/starttls-missing': {
    en: 'the mail server {host} offers no encryption (STARTTLS): mail travels to it in the open',
    nl: 'de mailserver {host} biedt geen versleuteling aan (STARTTLS): mail gaat er onversleuteld naartoe',
  },
  'posture/tls-failed': {
    en: 'the mail server {host} offers encryption, and it does not come about ({said})',
    nl: 'de mailserver {host} biedt versleuteling aan, maar die komt niet tot stand ({said})',
  },
  'posture/tls-old': {
    en: 'the mail server {host} speaks no newer encryption than {protocol}, which is broken',
    nl: 'de mailserver {host} spreekt geen nieuwere versleuteling dan {protocol}, en die is gebroken',
  },
  'posture/dane-mismatch': {
    en: 'the certificate of {host} is not the one its DANE records promise: senders that look at DANE deliver nothing',
    nl: 'het certificaat van {host} is niet wat de DANE-records beloven: afzenders die naar DANE kijken bezorgen niets',
  },
  'posture/certificate-refused': {
    en: 'the certificate of {host} does not hold for who checks it, as MTA-STS does',
    nl: 'het certificaat van {host} houdt geen stand voor wie het controleert, zoals MTA-STS doet',
  },
  'posture/certificate-ends': {
    en: 'the certificate of {host} ends on {day}',
    nl: 'het certificaat van {host} verloopt op {day}',
  },
  'posture/bimi-files': {
    en: 'the logo or its certificate is not as mailbox providers want it',
    nl: 'het logo of het certificaat ervan is niet zoals aanbieders van postbussen het willen',
  },
};
