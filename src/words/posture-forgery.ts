import type { Vocabulary } from './sentence.ts';

/** What can still be forged, what holds a grade down, why a role is proposed, and the notices of the Internet.nl view. */
export const postureForgeryWords: Vocabulary = {
  // Roads that are open
  'posture/road-no-policy': {
    en: 'nothing is needed: no DMARC policy governs {name}',
    nl: 'er is niets voor nodig: voor {name} geldt geen DMARC-beleid',
  },
  'posture/road-policy-none': {
    en: 'nothing is needed: {tag}=none at {from} lets forged mail through',
    nl: 'er is niets voor nodig: {tag}=none op {from} laat vervalste mail door',
  },
  'posture/road-testing': {
    en: 'the policy {policy} is only being tested (t=y), so {asks} is asked',
    nl: 'het beleid {policy} wordt alleen getest (t=y), dus {asks} wordt gevraagd',
  },
  'posture/road-quarantine': {
    en: 'a forged message is set apart ({tag}=quarantine at {from}), and people open what is set apart',
    nl: 'een vervalst bericht wordt apart gezet ({tag}=quarantine op {from}), en mensen openen wat apart gezet is',
  },
  'posture/road-older': {
    en: 'receivers of the older generation are asked for {asks}, not {current}',
    nl: 'ontvangers van de oudere generatie wordt {asks} gevraagd, niet {current}',
  },
  'posture/road-older-percent': {
    en: 'receivers of the older generation apply {current} to only {percent}% of forged messages (pct)',
    nl: 'ontvangers van de oudere generatie passen {current} maar op {percent}% van de vervalste berichten toe (pct)',
  },
  'posture/road-np': {
    en: 'np={np} is never used: a wildcard makes every made-up name exist',
    nl: 'np={np} wordt nooit gebruikt: door een wildcard bestaat elke verzonnen naam',
  },
  'posture/road-alias-and-text': {
    en: 'whether a receiver sees the policy is chance: an alias stands beside it',
    nl: 'of een ontvanger het beleid ziet is toeval: er staat een alias naast',
  },
  'posture/road-dmarc-alias': {
    en: 'take {claim}, and write the DMARC policy at {at}',
    nl: 'neem {claim}, en schrijf het DMARC-beleid op {at}',
  },
  'posture/road-name-server': {
    en: 'take {claim}, answer as its name server {target}, and publish any record',
    nl: 'neem {claim}, antwoord als nameserver {target}, en publiceer elk record',
  },
  'posture/road-spf-all': {
    en: 'send from anywhere: SPF of {at} passes for everybody',
    nl: 'verstuur van waar dan ook: SPF van {at} slaagt voor iedereen',
  },
  'posture/road-spf-wide': {
    en: 'send from one of the {addresses} {addresses:address|addresses} that "{term}" lets pass for {at}',
    nl: 'verstuur vanaf een van de {addresses} {addresses:adres|adressen} die "{term}" laat slagen voor {at}',
  },
  'posture/road-spf-rented': {
    en: 'rent a server at {owner}, in the range "{term}" that passes for {at}',
    nl: 'huur een server bij {owner}, in het bereik "{term}" dat slaagt voor {at}',
  },
  'posture/road-spf-dangling': {
    en: 'take {claim}, and let your own servers pass SPF through "{text}"',
    nl: 'neem {claim}, en laat eigen servers voor SPF slagen via "{text}"',
  },
  'posture/road-shared-relay': {
    en: 'become a customer of {provider} and send through the servers that "{term}" lets pass for {at}, if it lets customers use any sender',
    nl: 'word klant van {provider} en verstuur via de servers die "{term}" laat slagen voor {at}, als die klanten elke afzender laat gebruiken',
  },
  'posture/road-dkim-broken': {
    en: 'work out the {bits}-bit key of selector {selector} and sign with it, at receivers that still accept it',
    nl: 'reken de {bits}-bits sleutel van selector {selector} uit en onderteken ermee, bij ontvangers die hem nog accepteren',
  },
  'posture/road-dkim-dangling': {
    en: 'take {claim}, publish a key of your own there, and sign through {at}',
    nl: 'neem {claim}, publiceer daar een eigen sleutel, en onderteken via {at}',
  },
  'posture/road-name-dangling': {
    en: 'take {claim}: {at} is then yours, with any SPF record you like',
    nl: 'neem {claim}: {at} is dan van u, met elk SPF-record dat u wilt',
  },
  'posture/road-wildcard-dangling': {
    en: 'take {claim}: every name under {at} is then yours',
    nl: 'neem {claim}: elke naam onder {at} is dan van u',
  },
  'posture/road-mx': {
    en: 'take {claim}, and receive mail to the domain as {target}: replies, and the proofs that other services mail',
    nl: 'neem {claim}, en ontvang als {target} de mail aan het domein: antwoorden, en de bewijzen die andere diensten mailen',
  },
  'posture/road-reports': {
    en: 'register {claim}, and read in the reports how forged mail fares',
    nl: 'registreer {claim}, en lees in de rapporten hoe vervalste mail het doet',
  },
  // Ways that were tried and are closed
  'posture/closed-policy': {
    en: '{name}: a forged message is to be rejected ({tag} at {from})',
    nl: '{name}: een vervalst bericht moet geweigerd worden ({tag} op {from})',
  },
  'posture/closed-older': {
    en: '{name}: receivers of the older generation are asked for no less',
    nl: '{name}: ontvangers van de oudere generatie wordt niet minder gevraagd',
  },
  'posture/closed-np': { en: 'no wildcard keeps np from working', nl: 'geen wildcard houdt np tegen' },
  'posture/closed-alias-and-text': {
    en: 'no alias stands beside the policy',
    nl: 'er staat geen alias naast het beleid',
  },
  'posture/closed-dmarc-alias': {
    en: 'the policy hangs on no name that a stranger can have',
    nl: 'het beleid hangt niet aan een naam die een vreemde kan krijgen',
  },
  'posture/closed-name-server': {
    en: 'no name server hangs on a name that a stranger can have',
    nl: 'geen nameserver hangt aan een naam die een vreemde kan krijgen',
  },
  'posture/closed-spf-all': { en: 'SPF does not pass for everybody', nl: 'SPF slaagt niet voor iedereen' },
  'posture/closed-spf-wide': {
    en: 'no SPF term lets in more addresses than an organisation has',
    nl: 'geen SPF-term laat meer adressen toe dan een organisatie heeft',
  },
  'posture/closed-spf-rented': {
    en: 'SPF names no range where anyone can rent a server, as far as the table goes',
    nl: 'SPF noemt geen bereik waar iedereen een server kan huren, voor zover de tabel strekt',
  },
  'posture/closed-spf-dangling': {
    en: 'SPF leans on no name that a stranger can have',
    nl: 'SPF leunt niet op een naam die een vreemde kan krijgen',
  },
  'posture/closed-shared-relay': {
    en: 'SPF lets in no relay that is known to send as anybody',
    nl: 'SPF laat geen relay toe waarvan bekend is dat hij als iedereen verstuurt',
  },
  'posture/closed-dkim-broken': {
    en: 'no key that was found can be worked out',
    nl: 'geen gevonden sleutel is uit te rekenen',
  },
  'posture/closed-dkim-dangling': {
    en: 'no selector that was found hangs on a name that a stranger can have',
    nl: 'geen gevonden selector hangt aan een naam die een vreemde kan krijgen',
  },
  'posture/closed-name-dangling': {
    en: 'no subdomain that was looked at hangs on a name that a stranger can have',
    nl: 'geen bekeken subdomein hangt aan een naam die een vreemde kan krijgen',
  },
  'posture/closed-wildcard-dangling': {
    en: 'no wildcard hangs on a name that a stranger can have',
    nl: 'geen wildcard hangt aan een naam die een vreemde kan krijgen',
  },
  'posture/closed-mx': {
    en: 'no mail server hangs on a name that a stranger can have',
    nl: 'geen mailserver hangt aan een naam die een vreemde kan krijgen',
  },
  'posture/closed-reports': {
    en: 'no report goes to a domain that a stranger can have',
    nl: 'geen rapport gaat naar een domein dat een vreemde kan krijgen',
  },
  // Ways of which the DNS did not tell enough
  'posture/untold-road-policy': { en: '{name}: which policy is in force', nl: '{name}: welk beleid geldt' },
  'posture/untold-road-older': {
    en: '{name}: what older receivers are asked for',
    nl: '{name}: wat oudere ontvangers gevraagd wordt',
  },
  'posture/untold-road-np': { en: 'whether a wildcard keeps np from working', nl: 'of een wildcard np tegenhoudt' },
  'posture/untold-road-alias-and-text': {
    en: 'whether an alias stands beside the policy',
    nl: 'of er een alias naast het beleid staat',
  },
  'posture/untold-road-dmarc-alias': {
    en: 'whether the alias of the policy can be taken',
    nl: 'of de alias van het beleid te nemen is',
  },
  'posture/untold-road-name-server': { en: 'whether a name server can be taken', nl: 'of een nameserver te nemen is' },
  'posture/untold-road-spf-all': { en: 'whether SPF passes for everybody', nl: 'of SPF voor iedereen slaagt' },
  'posture/untold-road-spf-wide': { en: 'how many addresses SPF lets in', nl: 'hoeveel adressen SPF toelaat' },
  'posture/untold-road-spf-rented': {
    en: 'whether SPF names ranges where anyone can rent a server',
    nl: 'of SPF een bereik noemt waar iedereen een server kan huren',
  },
  'posture/untold-road-spf-dangling': {
    en: 'whether SPF leans on a name that can be taken',
    nl: 'of SPF leunt op een naam die te nemen is',
  },
  'posture/untold-road-shared-relay': { en: 'which relays SPF lets in', nl: 'welke relays SPF toelaat' },
  'posture/untold-road-dkim-broken': {
    en: 'whether a DKIM key can be worked out',
    nl: 'of een DKIM-sleutel uit te rekenen is',
  },
  'posture/untold-road-dkim-dangling': {
    en: 'whether a selector’s alias can be taken',
    nl: 'of de alias van een selector te nemen is',
  },
  'posture/untold-road-name-dangling': { en: 'whether a subdomain can be taken', nl: 'of een subdomein te nemen is' },
  'posture/untold-road-wildcard-dangling': { en: 'whether a wildcard can be taken', nl: 'of een wildcard te nemen is' },
  'posture/untold-road-mx': { en: 'whether a mail server can be taken', nl: 'of een mailserver te nemen is' },
  'posture/untold-road-reports': {
    en: 'whether a report destination can be taken',
    nl: 'of een bestemming van rapporten te nemen is',
  },
  // What no record closes
  'posture/beside-look-alikes': {
    en: 'look-alike domains: names that only resemble this one',
    nl: 'lijkende domeinen: namen die alleen op deze lijken',
  },
  'posture/beside-display-names': {
    en: 'display names: your name before a stranger’s address',
    nl: 'weergavenamen: uw naam voor het adres van een vreemde',
  },
  'posture/beside-replay': {
    en: 'replay: a message you signed, sent again to others',
    nl: 'herhaling: een bericht dat u ondertekende, opnieuw gestuurd aan anderen',
  },
  'posture/beside-accounts': {
    en: 'stolen accounts and servers of your own or of a sender you authorised',
    nl: 'gestolen accounts en servers, van uzelf of van een verzender die u toestond',
  },
  'posture/beside-selectors': {
    en: 'DKIM keys under selectors that are not known here',
    nl: 'DKIM-sleutels onder selectors die hier niet bekend zijn',
  },
  'posture/beside-receivers': {
    en: 'receivers have the last word: a policy asks, it does not force',
    nl: 'ontvangers hebben het laatste woord: een beleid vraagt, het dwingt niet',
  },
  // What holds a grade down
  'posture/grade-no-policy': { en: 'no DMARC policy governs', nl: 'er geldt geen DMARC-beleid' },
  'posture/grade-strangers-pass': {
    en: 'strangers can make mail pass as the domain, whatever its policy asks',
    nl: 'vreemden kunnen mail als het domein laten slagen, wat het beleid ook vraagt',
  },
  'posture/grade-none-unheard': {
    en: 'the policy only watches, and nobody hears what it sees',
    nl: 'het beleid kijkt alleen, en niemand hoort wat het ziet',
  },
  'posture/grade-none': {
    en: 'the policy only watches (none, or tested)',
    nl: 'het beleid kijkt alleen (none, of getest)',
  },
  'posture/grade-below-none': {
    en: 'names below the domain can be forged freely',
    nl: 'namen onder het domein zijn vrij te vervalsen',
  },
  'posture/grade-spf-broken': { en: 'the SPF record is missing or broken', nl: 'het SPF-record ontbreekt of is kapot' },
  'posture/grade-spf-wide': {
    en: 'the SPF record lets in far too many servers',
    nl: 'het SPF-record laat veel te veel servers toe',
  },
  'posture/grade-dkim-none': {
    en: 'there is no DKIM key that receivers accept',
    nl: 'er is geen DKIM-sleutel die ontvangers accepteren',
  },
  'posture/grade-quarantine': {
    en: 'forged mail is set apart, not refused',
    nl: 'vervalste mail wordt apart gezet, niet geweigerd',
  },
  'posture/grade-partly': {
    en: 'the policy holds for part of the mail, or is still tested',
    nl: 'het beleid geldt voor een deel van de mail, of wordt nog getest',
  },
  'posture/grade-below-weaker': {
    en: 'names below the domain are protected less than the domain',
    nl: 'namen onder het domein zijn minder beschermd dan het domein',
  },
  'posture/grade-unheard': { en: 'no DMARC report reaches you', nl: 'geen DMARC-rapport bereikt u' },
  'posture/grade-serious': { en: 'something serious is amiss', nl: 'er is iets ernstigs mis' },
  'posture/grade-moderate': { en: 'something of some weight is amiss', nl: 'er is iets van enig gewicht mis' },
  'posture/grade-dkim-short': {
    en: 'no DKIM key of 2048 bits, or Ed25519, was seen',
    nl: 'er is geen DKIM-sleutel van 2048 bits, of Ed25519, gezien',
  },
  'posture/grade-dnssec': {
    en: 'the domain was not seen to be signed with DNSSEC',
    nl: 'dat het domein met DNSSEC is ondertekend, is niet gezien',
  },
  'posture/grade-encryption': {
    en: 'neither MTA-STS nor DANE protects mail on its way here',
    nl: 'MTA-STS noch DANE beschermt mail hierheen onderweg',
  },
  'posture/grade-parked-spf-open': {
    en: 'the domain sends nothing, and SPF lets servers send',
    nl: 'het domein verstuurt niets, en SPF laat servers versturen',
  },
  'posture/grade-parked-spf': {
    en: 'SPF does not say that nobody may send (v=spf1 -all)',
    nl: 'SPF zegt niet dat niemand mag versturen (v=spf1 -all)',
  },
  'posture/grade-parked-mail': {
    en: 'mail to the domain is still taken, or tried',
    nl: 'mail aan het domein wordt nog aangenomen, of geprobeerd',
  },
  'posture/grade-parked-key': { en: 'a DKIM key is still there', nl: 'er is nog een DKIM-sleutel' },
  'posture/grade-parked-null-mx': {
    en: 'no null MX says that there is no mail here',
    nl: 'geen null MX zegt dat hier geen mail is',
  },
  // Why a role is proposed
  'posture/role-absent': { en: '{domain} does not exist', nl: '{domain} bestaat niet' },
  'posture/role-aligned': {
    en: 'reports told of {messages} {messages:message that was|messages that were} its own',
    nl: 'rapporten meldden {messages} {messages:bericht dat|berichten die} van het domein zelf {messages:was|waren}',
  },
  'posture/role-spf-lets': {
    en: 'SPF lets {addresses} IPv4 addresses send',
    nl: 'SPF laat {addresses} IPv4-adressen versturen',
  },
  'posture/role-spf-closed': { en: 'SPF says that nobody may send', nl: 'SPF zegt dat niemand mag versturen' },
  'posture/role-spf-none': { en: 'there is no SPF record', nl: 'er is geen SPF-record' },
  'posture/role-keys': {
    en: '{count} DKIM {count:key was|keys were} found',
    nl: 'er {count:is|zijn} {count} {count:DKIM-sleutel|DKIM-sleutels} gevonden',
  },
  'posture/role-null-mx': {
    en: 'a null MX says that it takes no mail',
    nl: 'een null MX zegt dat het geen mail aanneemt',
  },
  'posture/role-servers': {
    en: '{count} mail {count:server takes|servers take} its mail',
    nl: '{count} {count:mailserver neemt|mailservers nemen} de mail aan',
  },
  'posture/role-no-servers': { en: 'no mail server takes its mail', nl: 'geen mailserver neemt mail aan' },
  'posture/role-mail-unknown': {
    en: 'the DNS did not say whether it takes mail',
    nl: 'de DNS zei niet of het mail aanneemt',
  },
  'posture/role-mailboxes': {
    en: '{host} is a service of mailboxes for people',
    nl: '{host} is een dienst met postbussen voor mensen',
  },
  // Internet.nl
  'posture/internet-nl-not-reached': {
    en: 'whether the addresses can be reached needs a connection',
    nl: 'of de adressen bereikbaar zijn, vraagt een verbinding',
  },
  'posture/internet-nl-some-servers': {
    en: 'not every mail server has an IPv6 address',
    nl: 'niet elke mailserver heeft een IPv6-adres',
  },
  'posture/internet-nl-policy-none': {
    en: 'none, or a quarantine that is only tested, is not enough',
    nl: 'none, of een quarantine die alleen getest wordt, is niet genoeg',
  },
  'posture/internet-nl-external': {
    en: 'a notice, not points: an external report destination has not agreed',
    nl: 'een opmerking, geen punten: een externe rapportbestemming heeft niet ingestemd',
  },
  'posture/internet-nl-lookups': { en: 'more than ten look-ups', nl: 'meer dan tien opzoekingen' },
  'posture/internet-nl-include': {
    en: 'an include or redirect that leads to an error',
    nl: 'een include of redirect die tot een fout leidt',
  },
  'posture/internet-nl-all': {
    en: 'ends in +all or ?all, or has no all',
    nl: 'eindigt op +all of ?all, of heeft geen all',
  },
  'posture/internet-nl-starttls': {
    en: 'ciphers and keys were not looked at as closely as there',
    nl: 'naar cijfers en sleutels is niet zo nauwkeurig gekeken als daar',
  },
  'posture/internet-nl-certificates': {
    en: 'whether they fit the certificates needs a connection',
    nl: 'of ze bij de certificaten passen, vraagt een verbinding',
  },
};
