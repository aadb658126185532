// Sentences of record plans and of SPF synthesis.
// long because: it is one list of sentences.
import type { Vocabulary } from './sentence.ts';

/** What a synthesis of SPF records says of addresses, of senders' includes, and of what does not fit. */
export const synthesisWords: Vocabulary = {
  'plan/not-an-address': { en: '"{text}" is no address and no network', nl: '"{text}" is geen adres en geen netwerk' },
  'plan/every-address': {
    en: '"{text}" would let every address in the world send; it is left out',
    nl: '"{text}" zou elk adres ter wereld laten verzenden; het is weggelaten',
  },
  'plan/host-bits': {
    en: '"{text}" has bits behind its prefix length; the whole network {network} was taken',
    nl: '"{text}" heeft bits achter de prefixlengte; het hele netwerk {network} is genomen',
  },
  'plan/wide-network': {
    en: '"{text}" is wider than what one holder usually has',
    nl: '"{text}" is groter dan wat één houder gewoonlijk heeft',
  },
  'plan/address-unseen': {
    en: '"{text}" is private or local: no receiver on the Internet ever sees it as a client',
    nl: '"{text}" is privé of lokaal: geen ontvanger op internet ziet het ooit als verzender',
  },
  'plan/several-records-now': {
    en: '{domain} has {count} SPF {count:record|records} now, so every check ends in an error; one takes their place',
    nl: '{domain} heeft nu {count} SPF-records, dus elke controle eindigt in een fout; er komt er één voor in de plaats',
  },
  'plan/answer-too-large': {
    en: 'the answer for {name} has {bytes} bytes, of which {others} are other texts of that name: over 512 it may need TCP',
    nl: 'het antwoord voor {name} is {bytes} bytes, waarvan {others} voor andere teksten van die naam: boven 512 kan TCP nodig zijn',
  },
  'plan/include-kept': {
    en: '{include} stays by name: what its owner adds must pass too',
    nl: '{include} blijft bij naam staan: wat de eigenaar toevoegt moet ook slagen',
  },
  'plan/include-without-evidence': {
    en: '{include} stays: no mail of it was seen, and that is no evidence that it never aligns',
    nl: '{include} blijft: er is geen post van gezien, en dat bewijst niet dat het nooit uitlijnt',
  },
  'plan/include-adds-nothing': {
    en: '{include} stays, and lets in nothing today that the others do not',
    nl: '{include} blijft, en laat vandaag niets toe dat de andere niet toelaten',
  },
  'plan/include-never-aligns': {
    en: '{include} is dropped: none of {messages} {messages:message|messages} from {from} to {until} had an envelope of this domain (they had: {envelopes}), so this record was never asked',
    nl: '{include} vervalt: geen van {messages} {messages:bericht|berichten} van {from} tot en met {until} had een envelop van dit domein (wel: {envelopes}), dus dit record is nooit gevraagd',
  },
  'plan/include-broken': {
    en: '{include} is left out: there is no record of it that can be used ({status}), and every check that came to it would end in an error',
    nl: '{include} is weggelaten: er is geen bruikbaar record van ({status}), en elke controle die erbij kwam zou in een fout eindigen',
  },
  'plan/include-fails-within': {
    en: '{include} stays, at the end: checks that come to it can end in an error ({failure}: {at}), which its owner has to mend',
    nl: '{include} blijft, achteraan: controles die erbij komen kunnen in een fout eindigen ({failure}: {at}), en de eigenaar moet dat herstellen',
  },
  'plan/include-unknown': {
    en: 'the DNS did not answer for {include}, so what it costs is not known',
    nl: 'de DNS antwoordde niet voor {include}, dus wat het kost is niet bekend',
  },
  'plan/include-no-name': { en: '"{include}" is no domain name', nl: '"{include}" is geen domeinnaam' },
  'plan/propose-drop-idle-include': {
    en: 'remove include:{include}, which costs lookups ({lookups}) and lets in nothing that the others do not (ask its owner whether that stays so)',
    nl: 'haal include:{include} weg: het kost lookups ({lookups}) en laat niets toe dat de andere niet toelaten (vraag de eigenaar of dat zo blijft)',
  },
  'plan/propose-include-elsewhere': {
    en: 'let the sender behind include:{include} use an envelope on a subdomain of its own, which saves lookups here: {lookups}',
    nl: 'laat de verzender achter include:{include} een envelop op een eigen subdomein gebruiken, dat scheelt hier lookups: {lookups}',
  },
  'plan/propose-own-subdomain': {
    en: 'give {stream} a subdomain of its own for its envelope: {networks} {networks:network|networks}, {bytes} bytes less here',
    nl: 'geef {stream} een eigen subdomein voor de envelop: {networks} {networks:netwerk|netwerken}, {bytes} bytes minder hier',
  },
  'plan/propose-own-subdomains': {
    en: 'give each of {count} {count:stream|streams} a subdomain of its own ({streams}): {bytes} bytes less here',
    nl: 'geef elk van {count} {count:stroom|stromen} een eigen subdomein ({streams}): {bytes} bytes minder hier',
  },
  'plan/propose-relay': {
    en: 'send {stream} through the relay: {networks} {networks:network|networks}, {bytes} bytes less here',
    nl: 'verstuur {stream} via de relay: {networks} {networks:netwerk|netwerken}, {bytes} bytes minder hier',
  },
  'plan/propose-exists': {
    en: 'as the last resort, a zone {apex} with {names} {names:name|names} that one "exists" term asks, written out whole',
    nl: 'als laatste redmiddel een zone {apex} met {names} {names:naam|namen} waar één "exists"-term naar vraagt, helemaal uitgeschreven',
  },
};

/** Headings and short phrases of `zegel spf synthesise`. */
export const synthesisLabels: Vocabulary = {
  'label/synthesis-fits': { en: 'SPF of {domain}: it fits', nl: 'SPF van {domain}: het past' },
  'label/synthesis-exists': {
    en: 'SPF of {domain}: it fits with a zone of {names} {names:name|names} beside it ({apex})',
    nl: 'SPF van {domain}: het past met een zone van {names} {names:naam|namen} ernaast ({apex})',
  },
  'label/synthesis-does-not-fit': { en: 'SPF of {domain}: it does not fit', nl: 'SPF van {domain}: het past niet' },
  'label/synthesis-unknown': {
    en: 'SPF of {domain}: the DNS did not answer for an include, so nothing is written',
    nl: 'SPF van {domain}: de DNS antwoordde niet voor een include, dus er is niets geschreven',
  },
  'label/synthesis-costs': {
    en: '{lookups} of {most} lookups, {voids} of {mostVoids} void {mostVoids:lookup|lookups}; {networks} {networks:network|networks} in {bytes} bytes',
    nl: '{lookups} van {most} lookups, {voids} van {mostVoids} lege lookups; {networks} {networks:netwerk|netwerken} in {bytes} bytes',
  },
  'label/synthesis-over': {
    en: 'Over by {lookups} {lookups:lookup|lookups} and {voids} void {voids:lookup|lookups}: {pages} {pages:page|pages} would be needed for {networks} {networks:network|networks} ({bytes} bytes).',
    nl: 'Te veel: {lookups} lookups en {voids} lege lookups. Er zouden {pages} {pages:pagina|pagina’s} nodig zijn voor {networks} {networks:netwerk|netwerken} ({bytes} bytes).',
  },
  'label/synthesis-records': { en: 'Records', nl: 'Records' },
  'label/synthesis-name': { en: 'name', nl: 'naam' },
  'label/synthesis-bytes': { en: 'bytes', nl: 'bytes' },
  'label/synthesis-answer': { en: 'answer', nl: 'antwoord' },
  'label/synthesis-networks': { en: 'networks', nl: 'netwerken' },
  'label/synthesis-change': { en: 'change', nl: 'wijziging' },
  'label/synthesis-new': { en: 'new', nl: 'nieuw' },
  'label/synthesis-changed': { en: 'changed', nl: 'gewijzigd' },
  'label/synthesis-same': { en: 'same', nl: 'gelijk' },
  'label/synthesis-unused': { en: 'lead nowhere now', nl: 'leiden nergens meer toe' },
  'label/synthesis-afresh': {
    en: 'Laid out afresh, since it no longer fits around the pages that are published.',
    nl: 'Opnieuw ingedeeld, omdat het niet meer past rond de pagina’s die er staan.',
  },
  'label/synthesis-includes': { en: "Senders' includes", nl: 'Includes van verzenders' },
  'label/synthesis-covered': {
    en: '{include} lets in {ipv4} IPv4 and {ipv6} IPv6 addresses that were seen: these are not named.',
    nl: '{include} laat {ipv4} IPv4- en {ipv6} IPv6-adressen toe die gezien zijn: die worden niet genoemd.',
  },
  'label/synthesis-added': {
    en: 'Let in from now on: {ipv4} IPv4, {ipv6} IPv6',
    nl: 'Voortaan toegelaten: {ipv4} IPv4, {ipv6} IPv6',
  },
  'label/synthesis-removed': {
    en: 'No longer let in: {ipv4} IPv4, {ipv6} IPv6',
    nl: 'Niet langer toegelaten: {ipv4} IPv4, {ipv6} IPv6',
  },
  'label/synthesis-notes': { en: 'About the lists', nl: 'Over de lijsten' },
  'label/synthesis-proposals': { en: 'What would help', nl: 'Wat zou helpen' },
  'label/synthesis-enough': { en: 'enough by itself', nl: 'op zichzelf genoeg' },
  'label/synthesis-proved': {
    en: 'The zone was asked for {count} {count:address|addresses} one by one, every network and its neighbours: all as they should be.',
    nl: 'De zone is gevraagd naar {count} {count:adres|adressen}, een voor een, elk netwerk en zijn buren: alle zoals het hoort.',
  },
};

/** Why a plan publishes what it does, in which order, and what is dangerous about it. */
export const planRecordWords: Vocabulary = {
  'plan/why-spf': {
    en: 'the SPF record of {domain} names the addresses and senders that may send, and no others',
    nl: 'het SPF-record van {domain} noemt de adressen en verzenders die mogen verzenden, en geen andere',
  },
  'plan/why-spf-page': {
    en: 'a page of the SPF record of {domain}, which has no room for all',
    nl: 'een pagina van het SPF-record van {domain}, dat geen plaats heeft voor alles',
  },
  'plan/why-spf-unused': { en: 'no record leads to {name} any more', nl: 'geen record leidt nog naar {name}' },
  'plan/why-spf-closed': {
    en: 'no mail comes from {domain}, and its SPF record says so',
    nl: 'van {domain} komt geen post, en het SPF-record zegt dat',
  },
  'plan/why-helo': {
    en: 'bounces have an empty sender, and SPF then asks for the HELO name {name}',
    nl: 'bounces hebben een lege afzender, en SPF vraagt dan naar de HELO-naam {name}',
  },
  'plan/why-dkim': {
    en: 'the key {selector} has to be there before anything is signed with it',
    nl: 'de sleutel {selector} moet er staan voordat er iets mee getekend wordt',
  },
  'plan/why-dkim-retired': {
    en: 'nothing signs with {selector} any more; a key that is not used can only be stolen',
    nl: 'er wordt niet meer met {selector} getekend; een sleutel die niet gebruikt wordt kan alleen gestolen worden',
  },
  'plan/why-dmarc': { en: 'the policy of {domain}: the rung {rung}', nl: 'het beleid van {domain}: de trede {rung}' },
  'plan/why-authorisation': {
    en: '{host} agrees to receive the reports of {domain}; without that none are sent',
    nl: '{host} stemt in met de rapporten van {domain}; zonder dat worden er geen gestuurd',
  },
  'plan/why-null-mx': { en: '{domain} receives no mail, and says so', nl: '{domain} ontvangt geen post, en zegt dat' },
  'plan/why-tls-rpt': {
    en: '{domain} hears of connections that could not be encrypted',
    nl: '{domain} hoort van verbindingen die niet versleuteld konden worden',
  },
  'plan/why-mta-sts': {
    en: 'the MTA-STS policy of {domain} is new ({mode}), and a new id says so',
    nl: 'het MTA-STS-beleid van {domain} is nieuw ({mode}), en een nieuwe id zegt dat',
  },
  'plan/why-mta-sts-host': {
    en: 'the MTA-STS policy of {domain} is served from here',
    nl: 'het MTA-STS-beleid van {domain} wordt hiervandaan geserveerd',
  },
  'plan/why-tlsa': {
    en: 'the certificate of {host} can be checked by DNSSEC',
    nl: 'het certificaat van {host} is met DNSSEC te controleren',
  },
  'plan/why-lower-ttl': {
    en: '{name} {type} is about to change: kept for a short time only, it is soon everywhere, and soon back if need be',
    nl: '{name} {type} gaat veranderen: kort bewaard is het snel overal, en zo nodig snel terug',
  },
  'plan/why-restore-ttl': {
    en: '{name} {type} is as it should be and may be kept for as long as before',
    nl: '{name} {type} is zoals het hoort en mag weer even lang bewaard worden als voorheen',
  },
  'plan/risk-spf': {
    en: 'what the record does not name loses its SPF leg',
    nl: 'wat het record niet noemt verliest zijn SPF-been',
  },
  'plan/risk-helo': {
    en: 'a host that says this name from another address fails',
    nl: 'een machine die deze naam vanaf een ander adres zegt, faalt',
  },
  'plan/risk-key-replaced': {
    en: 'mail on its way that was signed with the old key fails',
    nl: 'post onderweg die met de oude sleutel getekend is, faalt',
  },
  'plan/risk-key-gone': {
    en: 'whatever still signs with this key loses its DKIM leg',
    nl: 'wat nog met deze sleutel tekent verliest zijn DKIM-been',
  },
  'plan/risk-enforcement': {
    en: 'mail that stands on no aligned leg is quarantined or rejected',
    nl: 'post zonder uitgelijnd been gaat in quarantaine of wordt geweigerd',
  },
  'plan/risk-null-mx': { en: 'mail to this domain bounces', nl: 'post aan dit domein komt terug' },
  'plan/risk-mta-sts': {
    en: 'a server whose certificate does not hold gets no mail once the mode is enforce',
    nl: 'een server waarvan het certificaat niet klopt krijgt geen post zodra de stand enforce is',
  },
  'plan/risk-tlsa': {
    en: 'a record that does not fit the certificate stops mail of all who check DANE',
    nl: 'een record dat niet bij het certificaat past houdt de post tegen van iedereen die DANE controleert',
  },
  'plan/act-sign': { en: 'sign mail of {domain} with {selector}', nl: 'teken post van {domain} met {selector}' },
  'plan/act-stop-signing': {
    en: 'stop signing mail of {domain} with {selector}',
    nl: 'teken post van {domain} niet meer met {selector}',
  },
  'plan/act-certificate': {
    en: 'put the new certificate of {host} in place',
    nl: 'zet het nieuwe certificaat van {host} in gebruik',
  },
  'plan/act-policy-file': {
    en: 'serve the policy at {url} (mode {mode}) before its record changes',
    nl: 'serveer het beleid op {url} (stand {mode}) voordat het record verandert',
  },
  'plan/wait-none': { en: 'nothing comes after it', nl: 'er komt niets meer na' },
  'plan/wait-done': { en: 'until it is done', nl: 'totdat het gedaan is' },
  'plan/wait-ttl': { en: 'so long caches keep what was there', nl: 'zo lang bewaren caches wat er stond' },
  'plan/wait-absence': {
    en: 'so long caches remember that there was nothing',
    nl: 'zo lang onthouden caches dat er niets was',
  },
  'plan/wait-tlsa': {
    en: 'twice as long as caches keep it, before a certificate changes',
    nl: 'twee keer zo lang als caches het bewaren, voordat een certificaat verandert',
  },
  'plan/wait-in-flight': {
    en: 'mail that was signed with the old key is tried for five days',
    nl: 'post die met de oude sleutel getekend is wordt vijf dagen geprobeerd',
  },
  'plan/wait-unknown': {
    en: 'a cache was asked, so the real TTL may be longer than what is left of it',
    nl: 'er is een cache gevraagd, dus de echte TTL kan langer zijn dan wat ervan over is',
  },
  'plan/unsafe': {
    en: 'the plan would do harm, and is not carried out (reasons: {count})',
    nl: 'het plan zou schade doen, en wordt niet uitgevoerd (redenen: {count})',
  },
  'plan/name-is-alias': {
    en: '{name} is an alias: nothing can stand beside it',
    nl: '{name} is een alias: daar kan niets naast staan',
  },
  'plan/alias-beside-others': {
    en: '{name} has records, and an alias cannot stand beside them',
    nl: '{name} heeft records, en daar kan geen alias naast staan',
  },
  'plan/second-spf-record': {
    en: '{name} would have two SPF records, and every check would end in an error',
    nl: '{name} zou twee SPF-records hebben, en elke controle zou in een fout eindigen',
  },
  'plan/second-dmarc-record': {
    en: '{name} would have two DMARC records, and both would be ignored',
    nl: '{name} zou twee DMARC-records hebben, en beide zouden genegeerd worden',
  },
  'plan/key-replaced': {
    en: 'another key would take the place of the one at {name}, and mail on its way would fail',
    nl: 'een andere sleutel zou die op {name} vervangen, en post onderweg zou falen',
  },
  'plan/key-unreadable': { en: 'what is to stand at {name} is no key', nl: 'wat op {name} moet komen is geen sleutel' },
  'plan/no-open-gate': {
    en: '{name} would ask for {policy}, and its gate is not open',
    nl: '{name} zou om {policy} vragen, en de poort staat niet open',
  },
  'plan/users-under-reject': {
    en: 'people mail from {name}: under reject, mail of theirs through lists and forwarders is lost',
    nl: 'vanaf {name} mailen mensen: onder reject gaat post van hen via lijsten en doorstuurders verloren',
  },
  'plan/mail-would-bounce': {
    en: '{name} has mail servers ({servers}), and mail to it would bounce',
    nl: '{name} heeft mailservers ({servers}), en post eraan zou terugkomen',
  },
  'plan/tlsa-without-certificate': {
    en: 'at some moment nothing at {name} would fit the certificate that is in use',
    nl: 'op enig moment zou op {name} niets passen bij het certificaat dat in gebruik is',
  },
  'plan/why-dkim-closed': {
    en: '{domain} signs nothing: whatever the selector, its key is revoked',
    nl: '{domain} ondertekent niets: bij elke selector is de sleutel ingetrokken',
  },
  'plan/why-dkim-tested': {
    en: 'the key {selector} is published as one that is being tried (t=y), and mail signed with it passes: it may count',
    nl: 'de sleutel {selector} staat er als een die geprobeerd wordt (t=y), en post ermee slaagt: hij mag meetellen',
  },
  'plan/key-not-known': {
    en: 'whether the key {selector} of {domain} is still in order is not known; run: zegel check {domain}',
    nl: 'of de sleutel {selector} van {domain} nog in orde is, is niet bekend; voer uit: zegel check {domain}',
  },
  'plan/key-testing-elsewhere': {
    en: 'the key {selector} of {domain}, which "{stream}" signs with, is published as one that is being tried (t=y), at the sender’s: ask it to take that away',
    nl: 'de sleutel {selector} van {domain}, waarmee "{stream}" ondertekent, staat bij de verzender als een die geprobeerd wordt (t=y): vraag die dat weg te halen',
  },
  'plan/key-idle': {
    en: 'no mail was seen signed with the key {selector} of {domain} since {since} ({days} {days:day|days}): whoever holds its private half can still sign as you. If nobody needs it (mail that comes once a year may), revoke it: zegel plan {domain} --retire-keys',
    nl: 'met de sleutel {selector} van {domain} is sinds {since} ({days} {days:dag|dagen}) geen post ondertekend gezien: wie de geheime helft heeft kan nog als u ondertekenen. Heeft niemand hem nodig (post die eens per jaar komt misschien wel), trek hem dan in: zegel plan {domain} --retire-keys',
  },
  'plan/key-idle-elsewhere': {
    en: 'no mail was seen signed with the key {selector} of {domain} since {since} ({days} {days:day|days}), and its record points to a sender: if that one no longer mails for you, take the CNAME away',
    nl: 'met de sleutel {selector} van {domain} is sinds {since} ({days} {days:dag|dagen}) geen post ondertekend gezien, en het record wijst naar een verzender: mailt die niet meer voor u, haal de CNAME dan weg',
  },
  'plan/slot-key-missing': {
    en: '"{stream}" signs with the key {selector}, and there is no such key: its signatures fail',
    nl: '"{stream}" ondertekent met de sleutel {selector}, en die sleutel is er niet: de handtekeningen mislukken',
  },
  'plan/slot-key-short': {
    en: '"{stream}" signs with the key {selector} of {bits} bits: 2048 are asked for. A new key beside it, then sign with that one, then retire the old one',
    nl: '"{stream}" ondertekent met de sleutel {selector} van {bits} bits: 2048 is gevraagd. Eerst een nieuwe sleutel ernaast, dan daarmee ondertekenen, dan de oude intrekken',
  },
  'plan/slot-key-useless': {
    en: '"{stream}" signs with the key {selector} of {bits} bits, which receivers must not take: it needs a new key',
    nl: '"{stream}" ondertekent met de sleutel {selector} van {bits} bits, die ontvangers niet mogen aannemen: er is een nieuwe sleutel nodig',
  },
  'plan/slot-key-begins': {
    en: '"{stream}" has to begin to sign as {domain}',
    nl: '"{stream}" moet gaan ondertekenen als {domain}',
  },
  'plan/slot-tls-rpt': {
    en: 'nobody is told when mail to {domain} cannot be encrypted',
    nl: 'niemand hoort het als post naar {domain} niet versleuteld kan worden',
  },
  'plan/slot-sts-host': {
    en: 'MTA-STS of {domain} begins with a file at {url}, in the mode testing: {file}',
    nl: 'MTA-STS van {domain} begint met een bestand op {url}, in de stand testing: {file}',
  },
  'plan/slot-sts-record': {
    en: 'it says that {domain} has a policy, so it comes after the file is served',
    nl: 'het zegt dat {domain} een beleid heeft, dus het komt nadat het bestand te halen is',
  },
  'plan/slot-tlsa': {
    en: '{host} takes mail for {domain} in a signed zone, and nothing says which certificate is its own',
    nl: '{host} ontvangt post voor {domain} in een ondertekende zone, en niets zegt welk certificaat het zijne is',
  },
  'plan/from-stream': {
    en: 'from whoever runs "{stream}": the private key is made and stays there, the public half comes from there',
    nl: 'van wie "{stream}" beheert: de geheime sleutel wordt daar gemaakt en blijft daar, de publieke helft komt daarvandaan',
  },
  'plan/from-sender': {
    en: 'from {sender}, in the settings of "{stream}"',
    nl: 'van {sender}, in de instellingen van "{stream}"',
  },
  'plan/from-you': { en: 'from you: zegel plan … {option}', nl: 'van u: zegel plan … {option}' },
  'plan/from-file': {
    en: 'it is known, and published once {url} is there',
    nl: 'het is bekend, en wordt gepubliceerd zodra {url} er is',
  },
  'plan/from-server': {
    en: 'from the server {host}, of the key that its certificate has: openssl x509 -in CERTIFICATE -pubkey -noout | openssl pkey -pubin -outform DER | openssl sha256',
    nl: 'van de server {host}, van de sleutel in zijn certificaat: openssl x509 -in CERTIFICAAT -pubkey -noout | openssl pkey -pubin -outform DER | openssl sha256',
  },
  'plan/helo-is-envelope': {
    en: 'servers greet with {name}, which is a domain of envelopes too ({messages} {messages:message|messages}): its SPF record has to hold these servers (zegel plan {name} --spf)',
    nl: 'servers groeten met {name}, dat ook een domein van enveloppen is ({messages} {messages:bericht|berichten}): het SPF-record daarvan moet deze servers bevatten (zegel plan {name} --spf)',
  },
  'plan/helo-absent': {
    en: 'servers greet with {name}, which does not exist ({messages} {messages:message|messages}): let them greet with a name that does. A record there would make it exist',
    nl: 'servers groeten met {name}, dat niet bestaat ({messages} {messages:bericht|berichten}): laat ze met een naam groeten die wel bestaat. Een record daar zou de naam laten bestaan',
  },
  'plan/helo-several': {
    en: '{name} has several SPF records, so every check of it ends in an error',
    nl: '{name} heeft meer dan één SPF-record, dus elke controle eindigt in een fout',
  },
  'plan/helo-not-known': {
    en: 'what {name} publishes, which servers greet with ({messages} {messages:message|messages}), is not known; run: zegel check {domain}',
    nl: 'wat {name} publiceert, waarmee servers groeten ({messages} {messages:bericht|berichten}), is niet bekend; voer uit: zegel check {domain}',
  },
  'plan/transport-not-known': {
    en: 'whether {domain} receives mail is not known, so nothing is planned for its transport; run: zegel check {domain}',
    nl: 'of {domain} post ontvangt is niet bekend, dus voor het transport is niets gepland; voer uit: zegel check {domain}',
  },
  'plan/record-not-known': {
    en: 'what stands at {name} ({type}) is not known; run: zegel check {domain}',
    nl: 'wat er op {name} ({type}) staat is niet bekend; voer uit: zegel check {domain}',
  },
  'plan/sts-not-known': {
    en: '{domain} has MTA-STS, and its policy file was not looked at; run: zegel check {domain} --connect',
    nl: '{domain} heeft MTA-STS, en het beleidsbestand is niet bekeken; voer uit: zegel check {domain} --connect',
  },
  'plan/dnssec-not-known': {
    en: 'whether the zone of {domain} is signed is not known, so nothing is said of TLSA; run: zegel check {domain}',
    nl: 'of de zone van {domain} ondertekend is, is niet bekend, dus over TLSA is niets gezegd; voer uit: zegel check {domain}',
  },
  'plan/dane-unsigned': {
    en: 'TLSA for {host} would do nothing: the zone of {domain} is not signed (DNSSEC)',
    nl: 'TLSA voor {host} zou niets doen: de zone van {domain} is niet ondertekend (DNSSEC)',
  },
  'plan/sts-unheard': {
    en: 'MTA-STS of {name} would be enforced, and no TLS report would tell of mail that it keeps out',
    nl: 'MTA-STS van {name} zou gehandhaafd worden, en geen TLS-rapport zou vertellen welke post het tegenhoudt',
  },
  'plan/sts-untested': {
    en: 'MTA-STS of {name} would be enforced at once, without having been tried',
    nl: 'MTA-STS van {name} zou meteen gehandhaafd worden, zonder geprobeerd te zijn',
  },
  'plan/safer-tls-rpt': {
    en: 'publish _smtp._tls first (--tls-reports), and wait for reports',
    nl: 'publiceer eerst _smtp._tls (--tls-reports), en wacht op rapporten',
  },
  'plan/safer-testing': {
    en: 'begin with --mta-sts testing for two weeks',
    nl: 'begin met twee weken --mta-sts testing',
  },
  'plan/all-gate-shut': {
    en: '-all at {name} may turn mail away that somebody may want (streams: {count}): the gate to -all is shut',
    nl: '-all bij {name} kan post weigeren die iemand misschien wil (stromen: {count}): de poort naar -all is dicht',
  },
  'plan/safer-all-gate': {
    en: 'zegel gate {name} says which streams these are; leave ~all until they pass, or accept them by name',
    nl: 'zegel gate {name} zegt welke stromen dat zijn; laat ~all staan tot ze slagen, of aanvaard ze bij naam',
  },
  'plan/spf-end-left': {
    en: 'the SPF record of {domain} ends elsewhere (redirect), or there is not exactly one; it stays as it is',
    nl: 'het SPF-record van {domain} eindigt elders (redirect), of er is niet precies één; het blijft zoals het is',
  },
  'plan/turns-away': {
    en: '"{stream}" uses {name} for its envelope or HELO name from addresses that its record would now fail ({networks} {networks:network|networks}; {example}): a receiver may turn it away at MAIL FROM, whatever it is signed with',
    nl: '"{stream}" gebruikt {name} voor zijn envelop of HELO-naam vanaf adressen die het record nu zou afwijzen ({networks} {networks:netwerk|netwerken}; {example}): een ontvanger kan het bij MAIL FROM weigeren, wat de handtekening ook zegt',
  },
  'plan/takes-spf-leg': {
    en: '{stream} would lose its SPF leg at {name}: {networks} {networks:network|networks}, such as {example}',
    nl: '{stream} zou zijn SPF-been bij {name} verliezen: {networks} {networks:netwerk|netwerken}, zoals {example}',
  },
  'plan/takes-dkim-leg': {
    en: '{stream} still signs with {selector}, and would lose its DKIM leg ({name})',
    nl: '{stream} tekent nog met {selector}, en zou zijn DKIM-been verliezen ({name})',
  },
  'plan/spf-over-limit': {
    en: 'the SPF record of {name} would pass a limit at "{term}" ({reason})',
    nl: 'het SPF-record van {name} zou bij "{term}" over een grens gaan ({reason})',
  },
  'plan/spf-would-fail': {
    en: 'the SPF record of {name} would end in an error at "{term}" ({reason})',
    nl: 'het SPF-record van {name} zou bij "{term}" in een fout eindigen ({reason})',
  },
  'plan/reports-go-nowhere': {
    en: 'reports to {uri} would not be sent: {record} does not agree',
    nl: 'rapporten aan {uri} zouden niet gestuurd worden: {record} stemt niet in',
  },
  'plan/sts-would-refuse': {
    en: 'the policy of {name} does not name {host}, which would get no mail',
    nl: 'het beleid van {name} noemt {host} niet, die dan geen post krijgt',
  },
  'plan/safer-alias': {
    en: 'publish it at the name the alias leads to, or take the alias away first',
    nl: 'publiceer het op de naam waar de alias heen leidt, of haal eerst de alias weg',
  },
  'plan/safer-alias-alone': {
    en: 'take the other records away first, or point these to the same place instead',
    nl: 'haal eerst de andere records weg, of laat die naar dezelfde plek wijzen',
  },
  'plan/safer-one-record': { en: 'leave one of them', nl: 'laat er één staan' },
  'plan/safer-new-selector': {
    en: 'publish the new key under a new selector, and retire the old one later',
    nl: 'publiceer de nieuwe sleutel onder een nieuwe selector, en haal de oude later weg',
  },
  'plan/safer-key': {
    en: 'give the key record as its owner has it',
    nl: 'geef het sleutelrecord zoals de eigenaar het heeft',
  },
  'plan/safer-gate': {
    en: 'settle the streams that keep the gate shut, or stay on a rung that only asks for reports',
    nl: 'werk de stromen af die de poort dicht houden, of blijf op een trede die alleen om rapporten vraagt',
  },
  'plan/safer-acceptance': {
    en: 'stay at quarantine, or have a named person accept it after a month of none and a month of quarantine',
    nl: 'blijf op quarantine, of laat een met naam genoemd persoon het aanvaarden na een maand none en een maand quarantine',
  },
  'plan/safer-mx': {
    en: 'say that the domain receives mail, or take its servers away first and wait for what is on its way',
    nl: 'zeg dat het domein post ontvangt, of haal eerst de servers weg en wacht op wat onderweg is',
  },
  'plan/safer-tlsa': {
    en: 'keep the record of the certificate in use until another is in place',
    nl: 'houd het record van het certificaat in gebruik tot er een ander staat',
  },
  'plan/safer-turned-away': {
    en: 'put these addresses into the record (zegel plan {name} --spf), or let the record end in ~all, or give the stream an envelope of its own first',
    nl: 'neem deze adressen op in het record (zegel plan {name} --spf), of laat het record op ~all eindigen, of geef de stroom eerst een eigen envelop',
  },
  'plan/safer-spf-leg': {
    en: 'add these networks to the declared ones, or move the stream first',
    nl: 'voeg deze netwerken toe aan de opgegeven netwerken, of verhuis eerst de stroom',
  },
  'plan/safer-dkim-leg': {
    en: 'carry out the steps before this one, and take the key away when reports show the stream signing with another',
    nl: 'voer de stappen hiervoor uit, en haal de sleutel weg als rapporten tonen dat de stroom met een andere tekent',
  },
  'plan/safer-limit': {
    en: 'synthesise the record, which stays within the limits or says what to move',
    nl: 'laat het record samenstellen: dat blijft binnen de grenzen of zegt wat er moet verhuizen',
  },
  'plan/safer-spf': {
    en: 'leave out the term that leads to the error, or mend what it leads to',
    nl: 'laat de term weg die tot de fout leidt, of herstel waar hij heen leidt',
  },
  'plan/safer-authorisation': {
    en: 'have the record published that agrees, or name a destination of your own',
    nl: 'laat het record publiceren dat instemt, of noem een eigen bestemming',
  },
  'plan/safer-sts': { en: 'name every mail server in the policy', nl: 'noem elke mailserver in het beleid' },
};
