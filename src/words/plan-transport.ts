import type { Vocabulary } from './sentence.ts';

/** What a plan says of the transport of mail to a domain, and of the names that servers greet with. */
export const planTransportWords: Vocabulary = {
  'plan/why-helo-declared': {
    en: '{name} is what declared addresses are called: should they greet with it, SPF of their bounces asks for this record',
    nl: '{name} is de naam van opgegeven adressen: groeten die ermee, dan vraagt SPF bij hun bounces naar dit record',
  },
  'plan/helo-many': {
    en: 'declared addresses have {count} names below {domain} that no report has shown a server greet with; more than {most} records are not planned on a guess',
    nl: 'opgegeven adressen hebben {count} namen onder {domain} waarmee geen rapport een server zag groeten; meer dan {most} records worden niet op een vermoeden gepland',
  },
  'plan/why-mta-sts-seen': {
    en: 'MTA-STS of {domain} goes to enforce, and a new id says so: senders told of {sessions} {sessions:session|sessions} from {since} to {until}, {failed} of which failed',
    nl: 'MTA-STS van {domain} gaat naar enforce, en een nieuwe id zegt dat: verzenders meldden {sessions} {sessions:sessie|sessies} van {since} tot en met {until}, waarvan {failed} mislukt',
  },
  'plan/tlsa-alias': {
    en: '{host} is an alias ({to}): who runs that server changes its keys, so no TLSA record is planned for it',
    nl: '{host} is een alias ({to}): wie die server beheert wisselt de sleutels, dus er is geen TLSA-record voor gepland',
  },
  'plan/tls-seen': {
    en: 'TLS reports of {domain}, {since} to {until}: {sessions} {sessions:session|sessions} told by {reporters} {reporters:reporter|reporters}, {failed} of them failed',
    nl: 'TLS-rapporten van {domain}, {since} tot en met {until}: {sessions} {sessions:sessie|sessies}, gemeld door {reporters} {reporters:rapporteur|rapporteurs}, waarvan {failed} mislukt',
  },
  'plan/tls-mended': {
    en: '{type} at {mx} ({sessions} {sessions:session|sessions}) was last seen on {day}, and those who saw it have connected well since: it counts as mended',
    nl: '{type} bij {mx} ({sessions} {sessions:sessie|sessies}) is het laatst gezien op {day}, en wie het zag maakte daarna goed verbinding: het geldt als hersteld',
  },
  'plan/tls-not-ours': {
    en: '{type} at {mx} ({sessions} {sessions:session|sessions}) is of no mail server of {name}: a sender that enforces would be right not to deliver there',
    nl: '{type} bij {mx} ({sessions} {sessions:sessie|sessies}) is van geen mailserver van {name}: een verzender die handhaaft levert daar terecht niet af',
  },
  'plan/sts-not-fetched': {
    en: 'senders could not get the MTA-STS policy of {name} ({type}, {sessions} {sessions:session|sessions}, last on {day}): mail arrives, and nothing protects it',
    nl: 'verzenders konden het MTA-STS-beleid van {name} niet ophalen ({type}, {sessions} {sessions:sessie|sessies}, het laatst op {day}): post komt aan, en niets beschermt die',
  },
  'plan/dane-failures': {
    en: 'DANE failed at {mx} for {sessions} {sessions:session|sessions} ({type}, last on {day}): those who check it did not deliver there; MTA-STS changes nothing of that',
    nl: 'DANE mislukte bij {mx} voor {sessions} {sessions:sessie|sessies} ({type}, het laatst op {day}): wie het controleert leverde daar niet af; MTA-STS verandert daar niets aan',
  },
  'plan/sts-losing': {
    en: 'MTA-STS of {name} is enforced, and {sessions} {sessions:session|sessions} to {mx} failed ({type}, last on {day}): mail is held up or lost there. Mend the server, or go back: zegel plan {name} --mta-sts testing',
    nl: 'MTA-STS van {name} wordt gehandhaafd, en {sessions} {sessions:sessie|sessies} met {mx} {sessions:mislukte|mislukten} ({type}, het laatst op {day}): daar wordt post opgehouden of verloren. Herstel de server, of ga terug: zegel plan {name} --mta-sts testing',
  },
  'plan/sts-stays-testing': {
    en: 'the MTA-STS policy of {domain} stays in the mode testing, because:',
    nl: 'het MTA-STS-beleid van {domain} blijft in de stand testing, omdat:',
  },
  'plan/sts-failures': {
    en: '{sessions} {sessions:session|sessions} to {mx} failed with {type} ({reporters} {reporters:reporter|reporters}, last on {day}): under enforce that mail of {name} would not arrive',
    nl: '{sessions} {sessions:sessie|sessies} met {mx} {sessions:mislukte|mislukten} met {type} ({reporters} {reporters:rapporteur|rapporteurs}, het laatst op {day}): onder enforce komt die post voor {name} niet aan',
  },
  'plan/sts-too-soon': {
    en: 'the MTA-STS policy of {name} was seen in the mode testing for {days} {days:day|days}, and {least} are asked for',
    nl: 'het MTA-STS-beleid van {name} is {days} {days:dag|dagen} in de stand testing gezien, en {least} is gevraagd',
  },
  'plan/sts-not-seen': {
    en: 'no TLS report tells of sessions to {name} in the last {days} {days:day|days}: what enforce would cost is not known',
    nl: 'geen TLS-rapport meldt sessies met {name} in de laatste {days} {days:dag|dagen}: wat enforce zou kosten is niet bekend',
  },
  'plan/sts-little-seen': {
    en: 'TLS reports of {name} tell of {sessions} secured {sessions:session|sessions} on {days} {days:day|days}; {least} on {leastDays} are asked for before enforce',
    nl: 'TLS-rapporten van {name} melden {sessions} beveiligde {sessions:sessie|sessies} op {days} {days:dag|dagen}; voor enforce is {least} op {leastDays} gevraagd',
  },
  'plan/safer-sts-failures': {
    en: 'mend the server, or take it out of the MX, and wait until those who saw it report sessions without the failure',
    nl: 'herstel de server, of haal die uit de MX, en wacht tot wie het zag sessies zonder de fout meldt',
  },
  'plan/safer-sts-wait': {
    en: 'leave it in the mode testing (zegel settings mta-sts/tried-days says how long)',
    nl: 'laat het in de stand testing (zegel settings mta-sts/tried-days zegt hoe lang)',
  },
  'plan/safer-tls-reports': {
    en: 'publish _smtp._tls, take the TLS reports in (zegel ingest), and wait for more of them (zegel settings mta-sts/sessions, mta-sts/report-days)',
    nl: 'publiceer _smtp._tls, neem de TLS-rapporten in (zegel ingest), en wacht tot er meer zijn (zegel settings mta-sts/sessions, mta-sts/report-days)',
  },
  'plan/dnssec-assumed': {
    en: 'the zone above {domain} has a DS record for it, so it is taken to be signed; nobody has checked the signatures (ask a resolver that validates: zegel check {domain})',
    nl: 'de zone boven {domain} heeft er een DS-record voor, dus het geldt als ondertekend; niemand heeft de handtekeningen gecontroleerd (vraag een resolver die valideert: zegel check {domain})',
  },
  'plan/dnssec-ds-not-known': {
    en: 'the zone {zone} has keys (DNSKEY), and whether the zone above has a DS record for it was not looked at, so nothing is planned of TLSA; run: zegel check {zone}',
    nl: 'de zone {zone} heeft sleutels (DNSKEY), en of de zone erboven er een DS-record voor heeft is niet bekeken, dus van TLSA is niets gepland; voer uit: zegel check {zone}',
  },
  'plan/dnssec-no-ds': {
    en: 'the zone {zone} has keys (DNSKEY), and the zone above has no DS record for it: nobody can check its signatures, and TLSA would do nothing',
    nl: 'de zone {zone} heeft sleutels (DNSKEY), en de zone erboven heeft er geen DS-record voor: niemand kan de handtekeningen controleren, en TLSA zou niets doen',
  },
  'plan/dnssec-no-keys': {
    en: 'the text of the zone {zone} has no keys (DNSKEY); a server that signs by itself adds them, so whether it is signed is not known: zegel check {zone}',
    nl: 'in de tekst van de zone {zone} staan geen sleutels (DNSKEY); een server die zelf ondertekent voegt die toe, dus of de zone ondertekend is, is niet bekend: zegel check {zone}',
  },
  'plan/dnssec-none': {
    en: 'the zone {zone} is not signed (DNSSEC)',
    nl: 'de zone {zone} is niet ondertekend (DNSSEC)',
  },
  'plan/tlsa-verified': {
    en: '{host} was seen with {keys} {keys:key|keys}, from {since} to {day}, in a certificate that holds. Keep the key when the certificate is renewed, or publish the record of the next one first',
    nl: '{host} is met {keys} {keys:sleutel|sleutels} gezien, van {since} tot en met {day}, in een certificaat dat klopt. Houd de sleutel bij het vernieuwen van het certificaat, of publiceer eerst het record van de volgende',
  },
  'plan/tlsa-repeated': {
    en: '{host} was seen with {keys} {keys:key|keys}, from {since} to {day}, in a certificate of no known authority: hold the value against the server itself before it is published',
    nl: '{host} is met {keys} {keys:sleutel|sleutels} gezien, van {since} tot en met {day}, in een certificaat van geen bekende autoriteit: leg de waarde naast de server zelf voordat zij gepubliceerd wordt',
  },
  'plan/tlsa-rolling': {
    en: '{host} showed {keys} keys within a week: the records of all of them stand side by side until one is left',
    nl: '{host} toonde {keys} sleutels binnen een week: de records van alle staan naast elkaar tot er één over is',
  },
  'plan/tlsa-does-not-fit': {
    en: 'no TLSA record of {host} fits a key that it showed on {day}: those who check DANE do not deliver there',
    nl: 'geen TLSA-record van {host} past bij een sleutel die op {day} getoond werd: wie DANE controleert levert daar niet af',
  },
  'plan/tlsa-seen-once': {
    en: '{host} showed another key on {day}, one time and in a certificate that nobody vouches for: look again another day (zegel check --connect)',
    nl: '{host} toonde op {day} een andere sleutel, één keer en in een certificaat waar niemand voor instaat: kijk een andere dag opnieuw (zegel check --connect)',
  },
  'plan/tlsa-long-ago': {
    en: 'the key of {host} was last seen on {day}, which is too long ago to publish it; run: zegel check --connect',
    nl: 'de sleutel van {host} is het laatst gezien op {day}, te lang geleden om te publiceren; voer uit: zegel check --connect',
  },
};

/** What `zegel check` says of TLS reports. */
export const planTransportLabels: Vocabulary = {
  'label/tls-reports': { en: 'TLS reports', nl: 'TLS-rapporten' },
  'label/tls-sessions': {
    en: '{sessions} {sessions:session|sessions}, {failed} failed, {since} to {until}, told by {reporters} {reporters:reporter|reporters}',
    nl: '{sessions} {sessions:sessie|sessies}, {failed} mislukt, {since} tot en met {until}, gemeld door {reporters} {reporters:rapporteur|rapporteurs}',
  },
  'label/tls-failing': {
    en: '{sessions} {type} at {mx}, last on {day}: {effect}',
    nl: '{sessions} {type} bij {mx}, het laatst op {day}: {effect}',
  },
  'label/tls-untyped': { en: 'of a kind that is not told', nl: 'van een soort die niet gemeld is' },
  'label/tls-lose': {
    en: 'under MTA-STS in the mode enforce that mail does not arrive',
    nl: 'onder MTA-STS in de stand enforce komt die post niet aan',
  },
  'label/tls-no-policy': { en: 'the policy could not be got', nl: 'het beleid was niet op te halen' },
  'label/tls-dane': { en: 'those who check DANE do not deliver', nl: 'wie DANE controleert levert niet af' },
  'label/tls-mended': {
    en: 'not seen since, it counts as mended',
    nl: 'sindsdien niet gezien, het geldt als hersteld',
  },
  'label/tls-not-ours': { en: 'no mail server of this domain', nl: 'geen mailserver van dit domein' },
};
