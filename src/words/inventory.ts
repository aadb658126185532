import type { Vocabulary } from './sentence.ts';

/** Why a stream is thought to be what it is, and what to ask where rows cannot tell. */
export const inventoryWords: Vocabulary = {
  'inventory/spf-lets-it-in': {
    en: 'SPF records of ours let these servers in, and the pass is aligned with the author domain',
    nl: 'SPF-records van ons laten deze servers toe, en dat is uitgelijnd met het auteursdomein',
  },
  'inventory/signs-at-home': {
    en: 'it is signed with an aligned key of ours, from the place where that key is at home',
    nl: 'het is ondertekend met een uitgelijnde sleutel van ons, vanaf de plek waar die sleutel thuishoort',
  },
  'inventory/signature-fails-at-home': {
    en: 'it is signed with a key of ours from the place where that key is at home, but the signature fails: ours, and broken',
    nl: 'het is ondertekend met een sleutel van ons vanaf de plek waar die thuishoort, maar de handtekening faalt: van ons, en kapot',
  },
  'inventory/declared-network': {
    en: 'it comes from networks that are declared as a sender of ours',
    nl: 'het komt uit netwerken die als afzender van ons zijn opgegeven',
  },
  'inventory/declared-as-own': {
    en: 'its networks are declared as our own',
    nl: 'de netwerken zijn opgegeven als van onszelf',
  },
  'inventory/declared-as-others': {
    en: 'its networks are declared, and they or their machines bear somebody else’s name, not ours',
    nl: 'de netwerken zijn opgegeven, en zij of hun machines dragen de naam van een ander, niet die van ons',
  },
  'inventory/declared-by-name': {
    en: 'a sender is declared that goes by this name, for these domains',
    nl: 'er is een afzender van deze naam opgegeven, voor deze domeinen',
  },
  'inventory/declared-in-another-rhythm': {
    en: 'a sender of this name is declared, but it comes on other days than the declaration says',
    nl: 'er is een afzender van deze naam opgegeven, maar het komt op andere dagen dan daar staat',
  },
  'inventory/strange-author': {
    en: 'a few machines of a known stream mail as domains that the stream does not otherwise have: a server may have been taken over',
    nl: 'een paar machines van een bekende stroom mailen als domeinen die de stroom verder niet heeft: een server kan zijn overgenomen',
  },
  'inventory/lines-named-ours': {
    en: 'these are lines that bear our name (of customers, say), and nothing else says that they are ours',
    nl: 'het zijn lijnen die onze naam dragen (van klanten bijvoorbeeld), en verder zegt niets dat ze van ons zijn',
  },
  'inventory/machines-of-ours': {
    en: 'the same machines send mail that is known to be ours',
    nl: 'dezelfde machines versturen mail waarvan bekend is dat die van ons is',
  },
  'inventory/named-ours': {
    en: 'the addresses have names under our domains, and these names lead back',
    nl: 'de adressen hebben namen onder onze domeinen, en die namen leiden terug',
  },
  'inventory/network-named-ours': {
    en: 'the network is registered under our name',
    nl: 'het netwerk staat op onze naam',
  },
  'inventory/network-of-others': {
    en: 'the network is somebody else’s',
    nl: 'het netwerk is van een ander',
  },
  'inventory/office-suite': {
    en: 'it comes from the servers of an office suite, where people of ours write their mail',
    nl: 'het komt van de servers van een kantoorpakket, waar mensen van ons hun mail schrijven',
  },
  'inventory/sender-of-catalogue': {
    en: 'it comes from the servers of a mail service that mails for its customers',
    nl: 'het komt van de servers van een maildienst die voor klanten mailt',
  },
  'inventory/others-pass-there-too': {
    en: 'SPF lets the service in, but it passes the mail of others on too, and nothing is signed by us',
    nl: 'SPF laat de dienst toe, maar die stuurt ook mail van anderen door, en niets is door ons ondertekend',
  },
  'inventory/unsigned-beside-signed': {
    en: 'it is unsigned, beside mail of the same domains from the same place that is signed: others may be able to send there as us',
    nl: 'het is niet ondertekend, naast ondertekende mail van dezelfde domeinen van dezelfde plek: anderen kunnen daar mogelijk als ons mailen',
  },
  'inventory/known-to-pass-on': {
    en: 'this service is known to pass on mail that others wrote',
    nl: 'van deze dienst is bekend dat zij mail van anderen doorstuurt',
  },
  'inventory/receivers-say-forwarded': {
    en: 'receivers said that they saw it forwarded, or sent by a mailing list',
    nl: 'ontvangers zeiden dat het was doorgestuurd of van een mailinglijst kwam',
  },
  'inventory/sent-again-from-everywhere': {
    en: 'mail of ours with our whole signature comes from {networks} unrelated {networks:network|networks}: somebody sends a signed message again and again',
    nl: 'mail van ons met onze hele handtekening komt uit {networks} {networks:netwerk|netwerken} zonder verband: iemand stuurt een ondertekend bericht telkens opnieuw',
  },
  'inventory/passed-on-whole': {
    en: 'it bears signatures of ours that still hold, far from the place where the key is at home: it was passed on as it was',
    nl: 'het draagt handtekeningen van ons die nog kloppen, ver van de plek waar de sleutel thuishoort: het is ongewijzigd doorgestuurd',
  },
  'inventory/passed-on-changed': {
    en: 'it bears signatures of ours that no longer hold: it was changed on the way, as mailing lists do',
    nl: 'het draagt handtekeningen van ons die niet meer kloppen: het is onderweg gewijzigd, zoals mailinglijsten doen',
  },
  'inventory/one-set-up-for-days': {
    en: 'only one set-up of ours comes by here, for {days} {days:day|days} and in numbers; who passes mail on gets that of others too, and goes on: somebody may send a signed message again and again',
    nl: 'maar één opstelling van ons komt hier langs, {days} {days:dag|dagen} lang en in aantallen; wie mail doorstuurt krijgt ook die van andere, en gaat door: iemand kan een ondertekend bericht telkens opnieuw versturen',
  },
  'inventory/more-than-was-sent': {
    en: 'in those days more came from here than from where it sets out ({sent} {sent:message|messages}): nobody can pass on more than was sent',
    nl: 'in die dagen kwam er meer hiervandaan dan van de plek waar het vertrekt ({sent} {sent:bericht|berichten}): niemand kan meer doorsturen dan er is verstuurd',
  },
  'inventory/several-set-ups': {
    en: 'mail of {setUps} set-ups of ours comes by here, which only happens where mail is passed on',
    nl: 'mail van {setUps} opstellingen van ons komt hier langs, wat alleen gebeurt waar mail wordt doorgestuurd',
  },
  'inventory/owns-up': {
    en: 'whoever sends it puts a domain of its own in the envelope, and SPF lets it: it does not hide',
    nl: 'wie het stuurt zet een eigen domein op de envelop, en SPF staat dat toe: hij verbergt zich niet',
  },
  'inventory/one-broken-signature': {
    en: 'it bears a signature in our name that never holds, of one set-up only: it may have been copied',
    nl: 'het draagt een handtekening op onze naam die nooit klopt, van maar één opstelling: die kan zijn overgenomen',
  },
  'inventory/mails-as-itself': {
    en: 'each machine mails as its own name, which lies under a domain of ours and leads back to it: cron jobs, printers',
    nl: 'elke machine mailt als haar eigen naam, die onder een domein van ons ligt en naar haar terugleidt: cronjobs, printers',
  },
  'inventory/machine-named-ours': {
    en: 'the machines have names of their own under our domains, and these lead back; they are no lines of customers',
    nl: 'de machines hebben eigen namen onder onze domeinen, en die leiden terug; het zijn geen lijnen van klanten',
  },
  'inventory/copied-signature': {
    en: 'a signature of one set-up of ours that never holds comes from {networks} {networks:network|networks}, far more than forwarding explains: it was copied',
    nl: 'een handtekening van één opstelling van ons die nooit klopt komt uit {networks} {networks:netwerk|netwerken}, veel meer dan doorsturen verklaart: zij is overgenomen',
  },
  'inventory/aligned-since': {
    en: 'the same service came to align for the same domains, and this mail stopped then: it is what came before',
    nl: 'dezelfde dienst ging uitlijnen voor dezelfde domeinen, en deze mail hield toen op: het is wat ervoor kwam',
  },
  'inventory/another-customer': {
    en: 'the envelope or a signature is of another customer of the service: a supplier’s account, or somebody who writes our name',
    nl: 'de envelop of een handtekening is van een andere klant van de dienst: het account van een leverancier, of iemand die onze naam schrijft',
  },
  'inventory/strangers-there-too': {
    en: 'mail as us that nothing speaks for comes from the same place at the same time: strangers may send there',
    nl: 'mail namens ons waar niets voor spreekt komt in dezelfde tijd van dezelfde plek: vreemden kunnen daar versturen',
  },
  'inventory/nothing-of-ours': {
    en: 'no signature, no SPF record and no network of ours is in it',
    nl: 'er zit geen handtekening, geen SPF-record en geen netwerk van ons in',
  },
  'inventory/from-everywhere': {
    en: 'it comes from {networks} {networks:network|networks} that have nothing to do with one another, in one and the same way, as botnets do',
    nl: 'het komt uit {networks} {networks:netwerk|netwerken} die niets met elkaar te maken hebben, op één en dezelfde manier, zoals botnets doen',
  },
  'inventory/names-without-mail': {
    en: 'it mails as names that no aligned mail ever comes from',
    nl: 'het mailt als namen waar nooit uitgelijnde mail van komt',
  },
  'inventory/names-that-do-not-exist': {
    en: 'it mails as names that do not exist in the DNS: nobody of ours can be answered there',
    nl: 'het mailt als namen die in de DNS niet bestaan: niemand van ons kan daar antwoord krijgen',
  },
  'inventory/names-that-never-mail': {
    en: 'it mails as names whose SPF record says that nobody mails as them (v=spf1 -all)',
    nl: 'het mailt als namen waarvan het SPF-record zegt dat niemand er als mailt (v=spf1 -all)',
  },
  'inventory/lines-of-others': {
    en: 'most of it comes from numbered lines of other providers, from {lines} {lines:address|addresses}: infected machines of people at home mail so, servers do not',
    nl: 'het meeste komt van genummerde lijnen van andere aanbieders, van {lines} {lines:adres|adressen}: zo mailen besmette computers van mensen thuis, servers niet',
  },
  'inventory/made-up-signature': {
    en: 'it bears signatures with selectors that never held: they were made up',
    nl: 'het draagt handtekeningen met selectors die nooit klopten: die zijn verzonnen',
  },
  'inventory/keeps-coming': {
    en: 'it is a handful of addresses that keep coming for months; forgers move on',
    nl: 'het zijn een paar adressen die maandenlang blijven komen; vervalsers trekken verder',
  },
  'inventory/signs-for-itself-only': {
    en: 'it signs with domains of its own and never with ours, from many addresses',
    nl: 'het ondertekent met eigen domeinen en nooit met die van ons, vanaf veel adressen',
  },
  'inventory/many-addresses': {
    en: 'it uses more addresses than a sender of this size needs',
    nl: 'het gebruikt meer adressen dan een afzender van deze omvang nodig heeft',
  },
  'inventory/others-may-send-there': {
    en: 'every customer of this service can write our name on his mail, and nothing in it is aligned',
    nl: 'elke klant van deze dienst kan onze naam op zijn mail zetten, en niets is uitgelijnd',
  },
  'inventory/records-name-the-sender': {
    en: 'records of these domains name the service: an SPF include, or a DKIM key that points to it',
    nl: 'records van deze domeinen noemen de dienst: een SPF-include, of een DKIM-sleutel die ernaar wijst',
  },
  'inventory/keeps-a-rhythm': {
    en: 'it keeps a rhythm of weeks or months; forgers do not',
    nl: 'het houdt een ritme van weken of maanden aan; vervalsers niet',
  },
  'inventory/tenant-named-ours': {
    en: 'the name in the envelope, which the service gives to one customer, bears our name',
    nl: 'de naam op de envelop, die de dienst aan één klant geeft, draagt onze naam',
  },
  'inventory/ask': {
    en: 'Ask {whom}: is {sender} used to mail as {domain}, since {first}, about {messages} {messages:message|messages} in all? If so, by whom and for what; if nobody knows it, it is not ours.',
    nl: 'Vraag {whom}: wordt {sender} gebruikt om als {domain} te mailen, sinds {first}, zo’n {messages} {messages:bericht|berichten} in totaal? Zo ja, door wie en waarvoor; als niemand het kent, is het niet van ons.',
  },
  'inventory/ask-replayed': {
    en: 'Ask whoever signs for {domain}: which message was it, and whose account had it signed? It was signed once and is sent again by others, with its signature whole. What helps: signatures that expire soon, that cover the header fields that were added, and a look at that account.',
    nl: 'Vraag het wie voor {domain} ondertekent: welk bericht was het, en wiens account liet het ondertekenen? Het is één keer ondertekend en wordt door anderen opnieuw verstuurd, met de handtekening heel. Wat helpt: handtekeningen die snel verlopen en de toegevoegde kopvelden dekken, en een blik op dat account.',
  },
  'inventory/ask-abused': {
    en: 'Ask whoever runs what is misused: the machines {sender}, the key or the relay that mails as {domain}. What is sent there by others must be stopped, without stopping what is ours.',
    nl: 'Vraag het wie beheert wat misbruikt wordt: de machines {sender}, de sleutel of het relay dat als {domain} mailt. Wat anderen daar versturen moet stoppen, zonder te stoppen wat van ons is.',
  },
};
