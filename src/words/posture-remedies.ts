import type { Vocabulary } from './sentence.ts';

/** What to do about a finding or a road; what ends in a colon is followed by the records to publish. */
export const postureRemedyWords: Vocabulary = {
  'posture/do-nothing': { en: 'Nothing needs to be done.', nl: 'Er hoeft niets te gebeuren.' },
  'posture/do-ask-again': {
    en: 'Look again later, or through another resolver; what the DNS did not say is not taken for absent.',
    nl: 'Kijk later nog eens, of via een andere resolver; wat de DNS niet zei, geldt niet als afwezig.',
  },
  'posture/do-ask-provider': {
    en: 'Ask the provider: can another customer send as us through your servers? Let it sign with your DKIM key, and take it out of SPF if its bounces do not use your domain.',
    nl: 'Vraag de leverancier: kan een andere klant via uw servers als ons versturen? Laat hem met uw DKIM-sleutel ondertekenen, en haal hem uit SPF als zijn bounces uw domein niet gebruiken.',
  },
  'posture/do-remove-leaning': {
    en: 'Take this out today, or register {claim} yourself before somebody else does.',
    nl: 'Haal dit vandaag weg, of registreer {claim} zelf voordat een ander het doet.',
  },
  'posture/do-know-who-holds': {
    en: 'Make sure you know who holds that name, and that they may write your policy.',
    nl: 'Zorg dat u weet wie die naam beheert, en dat die uw beleid mag schrijven.',
  },
  'posture/do-spf-publish': {
    en: 'Find out who sends for you (zegel assess), then publish one record that names them and ends in ~all.',
    nl: 'Zoek uit wie voor u verstuurt (zegel assess), en publiceer dan één record dat hen noemt en eindigt op ~all.',
  },
  'posture/do-spf-close': { en: 'Publish that nobody may send:', nl: 'Publiceer dat niemand mag versturen:' },
  'posture/do-spf-merge': {
    en: 'Put all terms in one record and remove the others:',
    nl: 'Zet alle termen in één record en verwijder de andere:',
  },
  'posture/do-spf-correct': {
    en: 'Correct the record where it is wrong.',
    nl: 'Verbeter het record waar het fout is.',
  },
  'posture/do-spf-end': {
    en: 'End the record with ~all, after making sure that it names all your senders:',
    nl: 'Laat het record eindigen op ~all, nadat u zeker weet dat het al uw verzenders noemt:',
  },
  'posture/do-spf-soften': {
    en: 'Only if mail is lost this way: end in ~all, which protects as well under DMARC enforcement:',
    nl: 'Alleen als zo mail verloren gaat: eindig op ~all, dat met een streng DMARC-beleid even goed beschermt:',
  },
  'posture/do-spf-narrow': {
    en: 'Name only the addresses that really send; the provider or your network team knows them.',
    nl: 'Noem alleen de adressen die echt versturen; de leverancier of uw netwerkteam kent ze.',
  },
  'posture/do-spf-fewer-lookups': {
    en: 'Take out providers you no longer use, and give others a subdomain of their own.',
    nl: 'Haal leveranciers weg die u niet meer gebruikt, en geef andere een eigen subdomein.',
  },
  'posture/do-spf-void': {
    en: 'Take out the names that have no answer.',
    nl: 'Haal de namen weg die geen antwoord geven.',
  },
  'posture/do-spf-without-ptr': {
    en: 'Replace ptr by the addresses it stands for.',
    nl: 'Vervang ptr door de adressen waar het voor staat.',
  },
  'posture/do-spf-shorten': {
    en: 'Shorten it: take out what is not used, or move providers to a subdomain.',
    nl: 'Maak het korter: haal weg wat niet gebruikt wordt, of verplaats leveranciers naar een subdomein.',
  },
  'posture/do-helo-publish': {
    en: 'Publish for the server’s own name:',
    nl: 'Publiceer voor de eigen naam van de server:',
  },
  'posture/do-null-mx-or-spf': {
    en: 'Decide which is true: a domain that sends needs a mailbox for bounces.',
    nl: 'Beslis wat waar is: een domein dat verstuurt heeft een postbus nodig voor bounces.',
  },
  'posture/do-dmarc-begin': {
    en: 'Begin with a record that only watches, and an address for the reports.',
    nl: 'Begin met een record dat alleen kijkt, en een adres voor de rapporten.',
  },
  'posture/do-dmarc-close': {
    en: 'Nothing legitimate is sent: refuse it all, once the reports of a month bear that out:',
    nl: 'Er wordt niets rechtmatigs verstuurd: weiger alles, zodra de rapporten van een maand dat bevestigen:',
  },
  'posture/do-dmarc-climb': {
    en: 'Go up step by step as the reports allow: none, quarantine, reject. zegel assess shows what would be lost.',
    nl: 'Ga stap voor stap omhoog als de rapporten het toelaten: none, quarantine, reject. zegel assess laat zien wat verloren zou gaan.',
  },
  'posture/do-dmarc-keep-one': {
    en: 'Keep one record and remove the others.',
    nl: 'Houd één record en verwijder de andere.',
  },
  'posture/do-dmarc-correct': {
    en: 'Correct the record; it begins with v=DMARC1; p= and then none, quarantine or reject.',
    nl: 'Verbeter het record; het begint met v=DMARC1; p= en dan none, quarantine of reject.',
  },
  'posture/do-dmarc-alias-or-text': {
    en: 'Keep the alias or the text, not both.',
    nl: 'Houd de alias of de tekst, niet allebei.',
  },
  'posture/do-dmarc-own-record': {
    en: 'Give each name that mails a DMARC record of its own: then all receivers agree.',
    nl: 'Geef elke naam die mailt een eigen DMARC-record: dan zijn alle ontvangers het eens.',
  },
  'posture/do-dmarc-finish-testing': {
    en: 'When the reports show no loss, take the test away:',
    nl: 'Laten de rapporten geen verlies zien, haal de proef dan weg:',
  },
  'posture/do-dmarc-drop-pct': {
    en: 'When the reports show no loss, take pct away:',
    nl: 'Laten de rapporten geen verlies zien, haal pct dan weg:',
  },
  'posture/do-dmarc-accept-reject': {
    en: 'Stay at quarantine, or have somebody accept this loss by name after a month at each step.',
    nl: 'Blijf op quarantine, of laat iemand dit verlies met naam aanvaarden na een maand op elke stap.',
  },
  'posture/do-dmarc-raise-sp': {
    en: 'When no subdomain’s mail would be lost, take sp away:',
    nl: 'Gaat van geen subdomein mail verloren, haal sp dan weg:',
  },
  'posture/do-dmarc-raise-np': {
    en: 'When no mail from names that do not exist is yours, close them:',
    nl: 'Is geen mail van niet-bestaande namen van u, sluit ze dan:',
  },
  'posture/do-dmarc-raise-name': {
    en: 'Raise the subdomain’s own record, or remove it so that it inherits.',
    nl: 'Verhoog het eigen record van het subdomein, of verwijder het zodat het erft.',
  },
  'posture/do-dmarc-drop-sp': {
    en: 'Take it out here, and say it in the record that governs.',
    nl: 'Haal het hier weg, en zet het in het record dat geldt.',
  },
  'posture/do-dmarc-drop-psd': { en: 'Take psd out:', nl: 'Haal psd weg:' },
  'posture/do-dmarc-add-psd': {
    en: 'Say that this is a public suffix:',
    nl: 'Zeg dat dit een publiek achtervoegsel is:',
  },
  'posture/do-dmarc-add-rua': {
    en: 'Add rua with a mailbox you read by machine.',
    nl: 'Voeg rua toe met een postbus die u door een programma laat lezen.',
  },
  'posture/do-dmarc-change-rua': {
    en: 'Send reports to a mailbox that is yours.',
    nl: 'Laat rapporten naar een postbus van uzelf gaan.',
  },
  'posture/do-dmarc-authorise': {
    en: 'Whoever holds {host} has to publish:',
    nl: 'Wie {host} beheert, moet publiceren:',
  },
  'posture/do-dkim-set-up': {
    en: 'Let every sender sign with a key of its own, of 2048 bits.',
    nl: 'Laat elke verzender ondertekenen met een eigen sleutel van 2048 bits.',
  },
  'posture/do-dkim-name-selectors': {
    en: 'Name the selectors your senders use (s= in a DKIM-Signature): zegel check --selector.',
    nl: 'Noem de selectors die uw verzenders gebruiken (s= in een DKIM-Signature): zegel check --selector.',
  },
  'posture/do-dkim-drop-wildcard': {
    en: 'Replace the wildcard by a record for each selector in use.',
    nl: 'Vervang de wildcard door een record voor elke selector die in gebruik is.',
  },
  'posture/do-dkim-correct': {
    en: 'Publish the key again, as the sender’s instructions have it.',
    nl: 'Publiceer de sleutel opnieuw, zoals de verzender die opgeeft.',
  },
  'posture/do-dkim-check-selector': {
    en: 'If a sender still uses it, publish its key; if not, nothing is wrong.',
    nl: 'Gebruikt een verzender hem nog, publiceer dan de sleutel; zo niet, dan is er niets mis.',
  },
  'posture/do-dkim-keep-one': { en: 'Keep one key a selector.', nl: 'Houd één sleutel per selector.' },
  'posture/do-dkim-revoke': { en: 'Withdraw the key:', nl: 'Trek de sleutel in:' },
  'posture/do-dkim-replace': {
    en: 'Make a new key of 2048 bits under a new selector, let the sender use it, then withdraw this one.',
    nl: 'Maak een nieuwe sleutel van 2048 bits onder een nieuwe selector, laat de verzender die gebruiken, en trek deze dan in.',
  },
  'posture/do-dkim-finish-testing': {
    en: 'When the sender’s signatures hold, take t=y away:',
    nl: 'Kloppen de handtekeningen van de verzender, haal t=y dan weg:',
  },
  'posture/do-dkim-drop-sha1': {
    en: 'Allow SHA-256, and let the sender sign with it.',
    nl: 'Sta SHA-256 toe, en laat de verzender daarmee ondertekenen.',
  },
  'posture/do-null-mx': { en: 'Say that the domain takes no mail:', nl: 'Zeg dat het domein geen mail aanneemt:' },
  'posture/do-mx-or-null': {
    en: 'Name a mail server in an MX record, or say with a null MX (0 .) that there is none.',
    nl: 'Noem een mailserver in een MX-record, of zeg met een null MX (0 .) dat er geen is.',
  },
  'posture/do-mx-correct': { en: 'Correct the MX records.', nl: 'Verbeter de MX-records.' },
  'posture/do-ipv6': { en: 'Give the mail server an IPv6 address.', nl: 'Geef de mailserver een IPv6-adres.' },
  'posture/do-sts-set-up': {
    en: 'Publish an MTA-STS policy file, first in mode testing, and then the record.',
    nl: 'Publiceer een MTA-STS-beleidsbestand, eerst in de stand testing, en dan het record.',
  },
  'posture/do-sts-correct': {
    en: 'Correct the record or the policy file.',
    nl: 'Verbeter het record of het beleidsbestand.',
  },
  'posture/do-sts-enforce': {
    en: 'When the TLS reports show no failures, set mode: enforce.',
    nl: 'Laten de TLS-rapporten geen fouten zien, zet dan mode: enforce.',
  },
  'posture/do-tls-rpt-set-up': {
    en: 'Ask for TLS reports at a mailbox you read by machine.',
    nl: 'Vraag TLS-rapporten aan op een postbus die u door een programma laat lezen.',
  },
  'posture/do-dane-set-up': {
    en: 'Publish TLSA records for every mail server (3 1 1, the hash of its key), in a signed zone.',
    nl: 'Publiceer TLSA-records voor elke mailserver (3 1 1, de hash van de sleutel), in een ondertekende zone.',
  },
  'posture/do-dane-correct': {
    en: 'Publish TLSA records of usage 3 or 2 that fit the certificates.',
    nl: 'Publiceer TLSA-records met gebruik 3 of 2 die bij de certificaten passen.',
  },
  'posture/do-dnssec-sign': {
    en: 'Sign the zone with DNSSEC; most DNS providers do it with one switch.',
    nl: 'Onderteken de zone met DNSSEC; bij de meeste DNS-leveranciers is dat één schakelaar.',
  },
  'posture/do-dnssec-resolver': { en: 'Ask a resolver that validates.', nl: 'Vraag het een resolver die valideert.' },
  'posture/do-bimi-correct': { en: 'Correct the record.', nl: 'Verbeter het record.' },
  'posture/do-wildcard-remove': {
    en: 'Replace the wildcard by records for the names in use.',
    nl: 'Vervang de wildcard door records voor de namen die in gebruik zijn.',
  },
  'posture/do-wildcard-close': {
    en: 'Let the wildcard say that nobody may send:',
    nl: 'Laat de wildcard zeggen dat niemand mag versturen:',
  },
  'posture/do-connect-elsewhere': {
    en: 'Look again from a machine that may connect to port 25.',
    nl: 'Kijk opnieuw vanaf een machine die met poort 25 mag verbinden.',
  },
  'posture/do-server-look': {
    en: 'Look at the server: senders try it too.',
    nl: 'Kijk naar de server: afzenders proberen hem ook.',
  },
  'posture/do-starttls': {
    en: 'Let the server offer STARTTLS with a certificate of its own name.',
    nl: 'Laat de server STARTTLS aanbieden met een certificaat op zijn eigen naam.',
  },
  'posture/do-tls-new': {
    en: 'Let the server speak TLS 1.2 and 1.3.',
    nl: 'Laat de server TLS 1.2 en 1.3 spreken.',
  },
  'posture/do-dane-certificate': {
    en: 'Publish the TLSA record of the certificate in use now; before the next one, publish both.',
    nl: 'Publiceer het TLSA-record van het certificaat dat nu in gebruik is; publiceer vóór het volgende beide.',
  },
  'posture/do-certificate': {
    en: 'Give the server a certificate of a public authority in its own name ({host}).',
    nl: 'Geef de server een certificaat van een openbare instantie op zijn eigen naam ({host}).',
  },
  'posture/do-certificate-renew': {
    en: 'Renew it, and see why it did not renew itself.',
    nl: 'Vernieuw het, en kijk waarom het zichzelf niet vernieuwde.',
  },
  'posture/do-bimi-files': {
    en: 'Correct the logo and the certificate; until then no logo is shown.',
    nl: 'Verbeter het logo en het certificaat; tot dan wordt geen logo getoond.',
  },
};
