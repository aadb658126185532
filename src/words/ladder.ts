import type { Vocabulary } from './sentence.ts';

/** Why a gate is open or shut. */
export const ladderWords: Vocabulary = {
  'gate/loses': {
    en: '{stream} would lose {amount}; the last that failed was of {last}',
    nl: '{stream} zou {amount} verliezen; het laatste dat faalde was van {last}',
  },
  'gate/strays': {
    en: '{stray} of {messages} {messages:message|messages} of {stream} {stray:fails|fail} at addresses that otherwise pass: broken on the way, or a check that failed (last on {last})',
    nl: '{stray} van {messages} {messages:bericht|berichten} van {stream} {stray:faalt|falen} op adressen die verder slagen: onderweg beschadigd, of een mislukte controle (laatst op {last})',
  },
  'gate/mended-lately': {
    en: '{stream} passes since it last failed on {last}; that is too short to be sure before {by}',
    nl: '{stream} slaagt sinds het voor het laatst faalde op {last}; dat is te kort om zeker te zijn vóór {by}',
  },
  'gate/unseen-until': {
    en: '{stream} failed until {last} and has not been seen since; it comes {rhythm}, and should have been seen by {by}',
    nl: '{stream} faalde tot {last} en is daarna niet gezien; het komt {rhythm}, en zou uiterlijk {by} gezien moeten zijn',
  },
  'gate/unseen-since': {
    en: '{stream} failed until {last} and has not been seen since, and nothing tells when it comes again: say that it has ended, or send it and look',
    nl: '{stream} faalde tot {last} en is daarna niet gezien, en niets zegt wanneer het weer komt: zeg dat het beëindigd is, of verstuur het en kijk',
  },
  'gate/mended': {
    en: '{stream} failed until {last} and has passed since',
    nl: '{stream} faalde tot {last} en slaagt sindsdien',
  },
  'gate/gone': {
    en: '{stream} failed, came nearly every day, and has been silent since {last}: it has probably ended',
    nl: '{stream} faalde, kwam bijna elke dag, en is stil sinds {last}: het is waarschijnlijk beëindigd',
  },
  'gate/undecided': {
    en: 'nobody has decided on {stream}: {amount} would be lost, the last seen on {last}',
    nl: 'niemand heeft over {stream} beslist: dat zou {amount} kosten, laatst gezien op {last}',
  },
  'gate/perhaps-ours': {
    en: '{stream} looks forged, but not surely enough, and nobody has decided: {amount} would be lost',
    nl: '{stream} lijkt vervalst, maar niet zeker genoeg, en niemand heeft beslist: dat zou {amount} kosten',
  },
  'gate/unknown-mail': {
    en: '{lost} {lost:message|messages} would be lost of which nobody knows whose {lost:it is|they are}',
    nl: '{lost} {lost:bericht zou|berichten zouden} verloren gaan waarvan niemand weet van wie {lost:het is|ze zijn}',
  },
  'gate/forwarders-undecided': {
    en: '{streams} {streams:forwarder|forwarders} would lose {lost} {lost:message|messages} that recipients have passed on, and nobody has decided that this is what {streams:it is|they are}',
    nl: '{streams} {streams:doorstuurder zou|doorstuurders zouden} {lost} {lost:bericht|berichten} verliezen die ontvangers laten doorsturen, en niemand heeft beslist dat het dat is',
  },
  'gate/forwarders-lose': {
    en: '{streams} {streams:forwarder that was|forwarders that were} decided on would lose up to {most} messages (receivers may know better)',
    nl: '{streams} {streams:doorstuurder|doorstuurders} waarover is beslist zouden tot {most} berichten verliezen (ontvangers weten soms beter)',
  },
  'gate/forged': {
    en: '{streams} {streams:stream that is|streams that are} surely forged would lose {lost} {lost:message|messages}: that is the purpose',
    nl: '{streams} {streams:stroom|stromen} die zeker vervalst {streams:is zou|zijn zouden} {lost} {lost:bericht|berichten} verliezen: dat is de bedoeling',
  },
  'gate/spf-alone': {
    en: '{stream} stands on SPF alone: {spfOnly} of {messages} {messages:message|messages} have no aligned signature, the last on {last}; what is passed on of it is lost',
    nl: '{stream} staat op SPF alleen: {spfOnly} van {messages} {messages:bericht|berichten} hebben geen uitgelijnde handtekening, laatst op {last}; wat ervan wordt doorgestuurd gaat verloren',
  },
  'gate/signed-lately': {
    en: '{stream} stood on SPF alone until {last}; what came since is signed, or nothing came',
    nl: '{stream} stond tot {last} op SPF alleen; wat daarna kwam is getekend, of er kwam niets',
  },
  'gate/undecided-passing': {
    en: 'nobody has decided on {streams} {streams:stream|streams} of {messages} {messages:message|messages} that would lose nothing',
    nl: 'over {streams} {streams:stroom|stromen} van {messages} {messages:bericht|berichten} die niets zouden verliezen heeft niemand beslist',
  },
  'gate/declared-unseen': {
    en: '{sender} of {party} is declared and was never seen ({purpose}, {rhythm}): nobody knows how it would fare',
    nl: '{sender} van {party} is opgegeven en nooit gezien ({purpose}, {rhythm}): niemand weet hoe het zou gaan',
  },
  'gate/declared-unseen-yet': {
    en: '{sender} of {party} is declared and was not seen yet ({purpose}, {rhythm}); it should have been seen by {by}',
    nl: '{sender} van {party} is opgegeven en nog niet gezien ({purpose}, {rhythm}); het zou uiterlijk {by} gezien moeten zijn',
  },
  'gate/listen-first': {
    en: 'p=none with an address for reports costs nothing, and nothing is known of {domain} before it',
    nl: 'p=none met een adres voor rapporten kost niets, en daarvóór is van {domain} niets bekend',
  },
  'gate/record-unknown': {
    en: 'what is published for {domain} is not known, so nobody knows what would be written over',
    nl: 'wat voor {domain} gepubliceerd is, is niet bekend, dus niemand weet wat er overschreven zou worden',
  },
  'gate/step-back': {
    en: '{next} asks for no more than {rung} does',
    nl: '{next} vraagt niet meer dan {rung} doet',
  },
  'gate/skips-rungs': {
    en: '{count} rungs lie between, and each shows something before it costs mail',
    nl: 'er liggen {count} treden tussen, en elk daarvan laat iets zien voordat het post kost',
  },
  'gate/no-report-address': {
    en: 'the record asks for no reports (rua), so nobody would see what the next rung does',
    nl: 'het record vraagt niet om rapporten (rua), dus niemand zou zien wat de volgende trede doet',
  },
  'gate/short-look': {
    en: 'reports tell of {days} {days:day|days}, and {wanted} {wanted:is|are} wanted',
    nl: 'rapporten gaan over {days} {days:dag|dagen}, en {wanted} {wanted:is|zijn} nodig',
  },
  'gate/reports-stopped': {
    en: 'no report has told of this domain since {last} ({days} {days:day|days}), and they used to',
    nl: 'geen rapport vertelt sinds {last} nog van dit domein ({days} {days:dag|dagen}), en dat deden ze wel',
  },
  'gate/nothing-sent': {
    en: 'no report has told of this domain since {last} ({days} {days:day|days}); its record stands, and reports of {other} still come to the same address, so nothing was sent',
    nl: 'geen rapport vertelt sinds {last} nog van dit domein ({days} {days:dag|dagen}); het record staat er, en op hetzelfde adres komen rapporten over {other} nog binnen, dus er werd niets verstuurd',
  },
  'gate/receivers-silent': {
    en: '{count} big {count:receiver was|receivers were} not heard of: {names}; what happens there is not seen',
    nl: 'van {count} grote {count:ontvanger|ontvangers} is niets gehoord: {names}; wat daar gebeurt is niet te zien',
  },
  'gate/soft-for-rfc9989': {
    en: 't=y stands without pct=0: the rung is soft for receivers of RFC 9989 and full for those of RFC 7489',
    nl: 't=y staat zonder pct=0: de trede is zacht voor ontvangers van RFC 9989 en vol voor die van RFC 7489',
  },
  'gate/soft-for-rfc7489': {
    en: 'pct stands without t=y: the rung is softened for receivers of RFC 7489 and full for those of RFC 9989',
    nl: 'pct staat zonder t=y: de trede is verzacht voor ontvangers van RFC 7489 en vol voor die van RFC 9989',
  },
  'gate/hold-unknown': {
    en: 'since when {rung} is published is not known (zegel snapshot keeps it); {wanted} {wanted:day is|days are} wanted before {next}',
    nl: 'sinds wanneer {rung} gepubliceerd is, is niet bekend (zegel snapshot bewaart het); {wanted} {wanted:dag is|dagen zijn} nodig vóór {next}',
  },
  'gate/held-too-short': {
    en: '{rung} holds since {since}: {days} of {wanted} {wanted:day|days}; {by} is the last of them',
    nl: '{rung} geldt sinds {since}: {days} van {wanted} {wanted:dag|dagen}; {by} is de laatste',
  },
  'gate/role-proposed': {
    en: 'nobody has said what {domain} is for; by its mail and records it is taken for: {role} ({certainty})',
    nl: 'niemand heeft gezegd waar {domain} voor is; naar zijn post en records wordt het gehouden voor: {role} ({certainty})',
  },
  'gate/users': {
    en: 'people mail from {domain}: under reject what they post to lists can be refused and get others unsubscribed, so a named person has to accept that (zegel domains accept {domain})',
    nl: 'vanaf {domain} mailen mensen: onder reject kan wat zij naar lijsten sturen geweigerd worden en anderen hun abonnement kosten, dus een met naam genoemd persoon moet dat aanvaarden (zegel domains accept {domain})',
  },
  'gate/users-under-reject': {
    en: 'people mail from {domain}, and it asks for reject: what they post to lists can be refused, and get others unsubscribed',
    nl: 'vanaf {domain} mailen mensen, en het vraagt om reject: wat zij naar lijsten sturen kan geweigerd worden, en anderen hun abonnement kosten',
  },
  'gate/strict-adkim': {
    en: '{stream} would lose its DKIM leg for {lost} of {messages} {messages:message|messages}: its signatures are of a domain that is aligned relaxedly only',
    nl: '{stream} zou voor {lost} van {messages} {messages:bericht|berichten} het DKIM-been verliezen: het tekent met een domein dat alleen ruim uitgelijnd is',
  },
  'gate/strict-aspf': {
    en: '{stream} would lose its SPF leg for {lost} of {messages} {messages:message|messages}: its envelope is of a domain that is aligned relaxedly only',
    nl: '{stream} zou voor {lost} van {messages} {messages:bericht|berichten} het SPF-been verliezen: de envelop is van een domein dat alleen ruim uitgelijnd is',
  },
  'gate/leans-on-record': {
    en: 'as {authors}, "{stream}" uses this domain for its envelope or HELO name: {messages} {messages:message|messages} that its record does not let pass could be turned away before anything else is looked at',
    nl: 'als {authors} gebruikt "{stream}" dit domein voor zijn envelop of HELO-naam: {messages} {messages:bericht|berichten} die het record niet laat slagen kunnen worden geweigerd voordat er iets anders bekeken wordt',
  },
  'gate/turned-away': {
    en: 'up to {most} of {messages} {messages:message|messages} of {stream} may be turned away at MAIL FROM, whatever their signature says',
    nl: 'tot {most} van {messages} {messages:bericht|berichten} van {stream} kunnen bij MAIL FROM geweigerd worden, wat hun handtekening ook zegt',
  },
  'gate/wildcard': {
    en: 'a wildcard answers for every name below {domain}, so no name is one that does not exist, and np has no effect',
    nl: 'een wildcard antwoordt voor elke naam onder {domain}, dus geen naam bestaat niet, en np heeft geen effect',
  },
  'plan/spf-left': {
    en: 'the SPF record of {domain} is left as it is: it lets in by other names (a, mx, exists, ptr, redirect), which a list of addresses cannot take over: {record}',
    nl: 'het SPF-record van {domain} blijft zoals het is: het laat toe via andere namen (a, mx, exists, ptr, redirect), die een lijst van adressen niet kan overnemen: {record}',
  },
  'plan/spf-does-not-fit': {
    en: 'the SPF record of {domain} would not fit and is left as it is: zegel spf synthesise {domain} says what would help',
    nl: 'het SPF-record van {domain} zou niet passen en blijft zoals het is: zegel spf synthesise {domain} zegt wat zou helpen',
  },
  'plan/spf-not-known': {
    en: 'the SPF record of {domain} is not known and is left as it is',
    nl: 'het SPF-record van {domain} is niet bekend en blijft zoals het is',
  },
  'gate/role-sends': {
    en: '{messages} wanted {messages:message|messages} of {streams} {streams:stream|streams} {messages:is|are} from {domain}',
    nl: '{messages} gewenste {messages:bericht|berichten} van {streams} {streams:stroom|stromen} {messages:is|zijn} van {domain}',
  },
  'gate/role-people': {
    en: '{messages} of these come through a service where people write their mail ({stream})',
    nl: '{messages} daarvan komen via een dienst waar mensen hun mail schrijven ({stream})',
  },
  'gate/role-programs': {
    en: 'all of it comes through services by which programs send',
    nl: 'alles ervan komt via diensten waarmee programma’s versturen',
  },
  'gate/role-mx-servers': {
    en: '{domain} has servers that receive mail',
    nl: '{domain} heeft servers die post ontvangen',
  },
  'gate/role-mx-null-mx': {
    en: '{domain} says that it receives no mail',
    nl: '{domain} zegt dat het geen post ontvangt',
  },
  'gate/role-mx-no': {
    en: '{domain} has no server that receives mail',
    nl: '{domain} heeft geen server die post ontvangt',
  },
  'gate/role-mx-unknown': {
    en: 'whether {domain} receives mail is not known',
    nl: 'of {domain} post ontvangt is niet bekend',
  },
  'gate/role-no-such-name': { en: '{domain} does not exist in the DNS', nl: '{domain} bestaat niet in de DNS' },
};
