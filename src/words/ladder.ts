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

/** Headings and short phrases of `zegel ladder` and `zegel gate`. */
export const ladderLabels: Vocabulary = {
  'label/rung-none': { en: 'none', nl: 'none' },
  'label/rung-quarantine-soft': { en: 'quarantine, soft', nl: 'quarantine, zacht' },
  'label/rung-quarantine': { en: 'quarantine', nl: 'quarantine' },
  'label/rung-reject-soft': { en: 'reject, soft', nl: 'reject, zacht' },
  'label/rung-reject': { en: 'reject', nl: 'reject' },
  'label/rung-no-record': { en: 'no record', nl: 'geen record' },
  'label/gate-open': { en: 'open', nl: 'open' },
  'label/gate-shut': { en: 'shut', nl: 'dicht' },
  'label/gate-end': { en: 'there', nl: 'er' },
  'label/gate-set': { en: 'set', nl: 'staat' },
  'label/gate-title': {
    en: '{domain}: from {now} to {next}: the gate is {gate}',
    nl: '{domain}: van {now} naar {next}: de poort is {gate}',
  },
  'label/gate-title-end': { en: '{domain}: {now}, the last rung', nl: '{domain}: {now}, de laatste trede' },
  'label/gate-as-of': {
    en: 'As of {day}, the last day that reports tell of, unless another was asked for.',
    nl: 'Naar de stand van {day}, de laatste dag waarvan rapporten vertellen, tenzij om een andere is gevraagd.',
  },
  'label/gate-old': {
    en: 'The reports end on {day}, {days} {days:day|days} ago: take in newer ones before anything is published.',
    nl: 'De rapporten eindigen op {day}, {days} {days:dag|dagen} geleden: neem nieuwere in voordat er iets gepubliceerd wordt.',
  },
  'label/amount-one': { en: 'its one message', nl: 'het enige bericht' },
  'label/amount-all': { en: 'all {messages} messages', nl: 'alle {messages} berichten' },
  'label/amount-of': {
    en: '{lost} of {messages} messages',
    nl: '{lost} van {messages} berichten',
  },
  'label/amount-range': { en: '{amount} ({least} to {most})', nl: '{amount} ({least} tot {most})' },
  'label/amount-at-most': { en: '{amount} (at most {most})', nl: '{amount} (hoogstens {most})' },
  'label/gate-opens': {
    en: 'It opens on {day} if nothing new comes up.',
    nl: 'Hij gaat open op {day} als er niets nieuws bij komt.',
  },
  'label/gate-role-decided': {
    en: 'It is for: {role}, as a person said.',
    nl: 'Het is voor: {role}, zoals een persoon heeft gezegd.',
  },
  'label/gate-role-proposed': {
    en: 'It is taken for: {role} ({certainty}). zegel domains role {domain} ROLE says what it is.',
    nl: 'Het wordt gehouden voor: {role} ({certainty}). zegel domains role {domain} ROL zegt wat het is.',
  },
  'label/gate-certainty-firm': { en: 'firm', nl: 'zeker' },
  'label/gate-certainty-likely': { en: 'likely', nl: 'waarschijnlijk' },
  'label/gate-certainty-open': { en: 'open', nl: 'onzeker' },
  'label/gate-held': {
    en: '{rung} since {since}: {days} {days:day|days}',
    nl: '{rung} sinds {since}: {days} {days:dag|dagen}',
  },
  'label/gate-held-longer': {
    en: '{rung} since {since} or longer: {days} {days:day|days}',
    nl: '{rung} sinds {since} of langer: {days} {days:dag|dagen}',
  },
  'label/gate-inherited': {
    en: 'It has no record of its own: the one at {at} governs it.',
    nl: 'Het heeft geen eigen record: dat van {at} geldt ervoor.',
  },
  'label/gate-no-record': { en: 'No record governs it.', nl: 'Er geldt geen record voor.' },
  'label/gate-record-unknown': {
    en: 'What is published is not known: zegel snapshot {domain}, or --zone, --resolver.',
    nl: 'Wat gepubliceerd is, is niet bekend: zegel snapshot {domain}, of --zone, --resolver.',
  },
  'label/gate-reported': { en: 'Only reports tell of its record.', nl: 'Alleen rapporten vertellen van het record.' },
  'label/gate-shuts-it': { en: 'What shuts the gate', nl: 'Wat de poort dicht houdt' },
  'label/gate-nothing-shuts': { en: 'Nothing shuts the gate.', nl: 'Niets houdt de poort dicht.' },
  'label/gate-known': { en: 'What one should know', nl: 'Wat men moet weten' },
  'label/gate-accepted': { en: 'Accepted', nl: 'Aanvaard' },
  'label/gate-accepted-by': { en: 'accepted by {who}', nl: 'aanvaard door {who}' },
  'label/gate-until': { en: 'until {day}', nl: 'tot {day}' },
  'label/gate-ahead': { en: 'Ahead, at {rung}', nl: 'Verderop, bij {rung}' },
  'label/gate-today': { en: 'Lost today, at {rung}', nl: 'Verloren vandaag, bij {rung}' },
  'label/gate-ahead-same': {
    en: 'nothing but what shuts the next',
    nl: 'niets anders dan wat de volgende dicht houdt',
  },
  'label/gate-ahead-free': { en: 'nothing that is wanted would be lost', nl: 'niets dat gewenst is zou verloren gaan' },
  'label/gate-beside': { en: 'Beside it', nl: 'Ernaast' },
  'label/gate-beside-line': { en: '{tag}: {now}, to {target}', nl: '{tag}: {now}, naar {target}' },
  'label/gate-optional': { en: 'Optional, by evidence', nl: 'Naar keuze, als het bewijs het toelaat' },
  'label/gate-evidence': {
    en: '{messages} {messages:message|messages} on {days} {days:day|days} with reports ({from} to {to}); {wanted} of them wanted, of {streams} {streams:stream|streams}.',
    nl: '{messages} {messages:bericht|berichten} op {days} {days:dag|dagen} met rapporten ({from} tot en met {to}); {wanted} daarvan gewenst, van {streams} {streams:stroom|stromen}.',
  },
  'label/gate-no-evidence': { en: 'No report tells of it.', nl: 'Geen rapport vertelt ervan.' },
  'label/gate-coverage': {
    en: 'Covered: {month} of the last 30 days, {quarter} of 92, {year} of 366.',
    nl: 'Gedekt: {month} van de laatste 30 dagen, {quarter} van 92, {year} van 366.',
  },
  'label/gate-next-step': {
    en: 'zegel plan {domain} writes the records; zegel work lists what has to be done.',
    nl: 'zegel plan {domain} schrijft de records; zegel work laat zien wat er moet gebeuren.',
  },
  'label/ladder-domain': { en: 'domain', nl: 'domein' },
  'label/ladder-role': { en: 'role', nl: 'rol' },
  'label/ladder-rung': { en: 'rung', nl: 'trede' },
  'label/ladder-days': { en: 'days', nl: 'dagen' },
  'label/ladder-next': { en: 'next', nl: 'volgende' },
  'label/ladder-gate': { en: 'gate', nl: 'poort' },
  'label/ladder-beside': { en: 'beside', nl: 'ernaast' },
  'label/ladder-why': { en: 'what shuts it', nl: 'wat hem dicht houdt' },
  'label/ladder-title': { en: 'The ladder, as of {day}', nl: 'De ladder, stand van {day}' },
  'label/ladder-counts': {
    en: '{domains} {domains:domain|domains}: {there} {there:is where it is|are where they are} to end, {open} {open:gate is|gates are} open, {shut} {shut:is|are} shut.',
    nl: '{domains} {domains:domein|domeinen}: {there} {there:is waar het moet|zijn waar ze moeten} komen, {open} {open:poort staat|poorten staan} open, {shut} {shut:is|zijn} dicht.',
  },
  'label/ladder-empty': {
    en: 'No domains are in the portfolio yet: zegel domains add NAME…, or zegel domains propose --add.',
    nl: 'Er staan nog geen domeinen in de portefeuille: zegel domains add NAAM…, of zegel domains propose --add.',
  },
  'label/ladder-on': { en: '{count} on {rung}', nl: '{count} op {rung}' },
  'label/ladder-loses': { en: '{count} losing mail', nl: '{count} met verlies' },
  'label/ladder-undecided': { en: '{count} undecided', nl: '{count} onbeslist' },
  'label/ladder-waits': { en: '{count} to be seen again', nl: '{count} moeten weer gezien worden' },
  'label/ladder-spf-alone': { en: '{count} on SPF alone', nl: '{count} op SPF alleen' },
  'label/ladder-declared': { en: '{count} declared, unseen', nl: '{count} opgegeven, ongezien' },
  'label/ladder-acceptance': { en: 'acceptance', nl: 'aanvaarding' },
  'label/ladder-time': { en: 'time', nl: 'tijd' },
  'label/ladder-evidence': { en: 'reports', nl: 'rapporten' },
  'label/ladder-opens': { en: 'from {day}', nl: 'vanaf {day}' },
  'label/plan-title': {
    en: '{id} (changes: {changes}, domains: {domains}, steps: {steps})',
    nl: '{id} (wijzigingen: {changes}, domeinen: {domains}, stappen: {steps})',
  },
  'label/plan-nothing': { en: 'Nothing has to change.', nl: 'Er hoeft niets te veranderen.' },
  'label/plan-none': {
    en: 'No plan was kept yet: zegel plan DOMAIN.',
    nl: 'Er is nog geen plan bewaard: zegel plan DOMEIN.',
  },
  'label/plan-step': { en: 'Step {number}: {phase}', nl: 'Stap {number}: {phase}' },
  'label/plan-in-step': { en: 'step {number}', nl: 'stap {number}' },
  'label/plan-safer': { en: 'safe if you {how}', nl: 'veilig zo: {how}' },
  'label/plan-wait': { en: 'then wait {time}: {why}', nl: 'wacht dan {time}: {why}' },
  'label/plan-then': { en: 'then go on: {why}', nl: 'ga dan verder: {why}' },
  'label/plan-days': { en: '{count} {count:day|days}', nl: '{count} {count:dag|dagen}' },
  'label/plan-hours': { en: '{count} hours', nl: '{count} uur' },
  'label/plan-minutes': { en: '{count} minutes', nl: '{count} minuten' },
  'label/plan-ttl': {
    en: '{name} {type}: TTL from {before} to {after} seconds',
    nl: '{name} {type}: TTL van {before} naar {after} seconden',
  },
  'label/plan-risk-high': { en: 'risk: {why}', nl: 'risico: {why}' },
  'label/plan-risk-low': { en: 'a little risk: {why}', nl: 'een klein risico: {why}' },
  'label/plan-slots': {
    en: 'Wanted, and the value is somebody else’s to give ({count})',
    nl: 'Gewenst, en de waarde komt van iemand anders ({count})',
  },
  'label/plan-notes': { en: 'Looked at, and not planned', nl: 'Bekeken, en niet gepland' },
  'label/plan-unknown': {
    en: 'Of {count} record sets the DNS did not tell, and nothing is planned there: {names}',
    nl: 'Van {count} recordsets is niet bekend wat er staat, en daar is niets gepland: {names}',
  },
  'label/plan-left': {
    en: '{count} {count:domain stays as it is|domains stay as they are}, since {count:its gate is|their gates are} shut or it would not be safe: {names} (zegel gate DOMAIN and zegel plan DOMAIN say why)',
    nl: '{count} {count:domein blijft zoals het is|domeinen blijven zoals ze zijn}, want {count:zijn|hun} poort is dicht of het zou niet veilig zijn: {names} (zegel gate DOMEIN en zegel plan DOMEIN zeggen waarom)',
  },
  'label/plan-id': { en: 'plan', nl: 'plan' },
  'label/plan-day': { en: 'day', nl: 'dag' },
  'label/plan-who': { en: 'by', nl: 'door' },
  'label/plan-domains': { en: 'domains', nl: 'domeinen' },
  'label/plan-changes': { en: 'changes', nl: 'wijzigingen' },
  'label/plan-dangers': { en: 'dangers', nl: 'gevaren' },
  'label/plan-phase-lower-ttl': { en: 'shorten what caches keep', nl: 'verkort wat caches bewaren' },
  'label/plan-phase-prepare': { en: 'what others will lean on', nl: 'waar andere dingen op zullen steunen' },
  'label/plan-phase-widen': { en: 'let in more, or ask for less', nl: 'meer toelaten, of minder vragen' },
  'label/plan-phase-use': { en: 'what people do', nl: 'wat mensen doen' },
  'label/plan-phase-switch': { en: 'SPF and MTA-STS', nl: 'SPF en MTA-STS' },
  'label/plan-phase-trim': { en: 'SPF pages give addresses away', nl: 'SPF-pagina’s staan adressen af' },
  'label/plan-phase-enforce': { en: 'ask for more', nl: 'meer vragen' },
  'label/plan-phase-clean': { en: 'take away what nothing leans on', nl: 'weghalen waar niets meer op steunt' },
  'label/plan-phase-restore-ttl': { en: 'let caches keep it again', nl: 'caches het weer laten bewaren' },
  'label/when-title': { en: 'When, as of {day}', nl: 'Wanneer, stand van {day}' },
  'label/when-there-but': {
    en: 'Every domain stands as far as it can without a person’s word.',
    nl: 'Elk domein staat zo ver als het zonder iemands woord kan.',
  },
  'label/when-word': {
    en: '{count} {count:domain of users ends|domains of users end} at quarantine until a named person accepts what reject does to lists: zegel domains accept DOMAIN.',
    nl: '{count} {count:domein van mensen eindigt|domeinen van mensen eindigen} bij quarantine tot een met naam genoemd persoon aanvaardt wat reject met lijsten doet: zegel domains accept DOMEIN.',
  },
  'label/when-there': { en: 'Every domain stands where it is to end.', nl: 'Elk domein staat waar het moet eindigen.' },
  'label/when-no-pace': {
    en: 'Nothing was closed in the last {weeks} {weeks:week|weeks}, so no date can be told. If all that is open were done today, the last domain would be there on {earliest}.',
    nl: 'In de laatste {weeks} {weeks:week|weken} is niets afgewerkt, dus er is geen datum te noemen. Als alles wat open staat vandaag gedaan was, zou het laatste domein er op {earliest} zijn.',
  },
  'label/when-all': {
    en: 'At the pace of the last {weeks} {weeks:week|weeks} ({pace} {pace:stream|streams} a week) the last domain is there around {likely}: eight times in ten between {low} and {high}. If all that is open were done today: {earliest}.',
    nl: 'In het tempo van de laatste {weeks} {weeks:week|weken} ({pace} {pace:stroom|stromen} per week) is het laatste domein er rond {likely}: acht van de tien keer tussen {low} en {high}. Als alles wat open staat vandaag gedaan was: {earliest}.',
  },
  'label/when-burn-down': { en: 'Streams in the way, week by week', nl: 'Stromen in de weg, week voor week' },
  'label/when-open': {
    en: '{from} at first, {to} now, over {weeks} {weeks:week|weeks}',
    nl: 'eerst {from}, nu {to}, over {weeks} {weeks:week|weken}',
  },
  'label/when-domains': { en: 'Domains, the last to be there first', nl: 'Domeinen, wie er het laatst is eerst' },
  'label/when-earliest': { en: 'earliest', nl: 'op zijn vroegst' },
  'label/when-likely': { en: 'likely', nl: 'waarschijnlijk' },
  'label/when-range': { en: 'eight in ten', nl: 'acht van de tien' },
  'label/when-tasks': { en: 'tasks', nl: 'taken' },
  'label/when-moves': { en: 'what moves it', nl: 'wat het verschuift' },
  'label/when-moves-tasks': { en: 'work', nl: 'werk' },
  'label/when-moves-time': { en: 'time', nl: 'tijd' },
  'label/when-moves-word': { en: 'a word', nl: 'een woord' },
  'label/when-unseen': { en: 'What may not have been seen yet', nl: 'Wat misschien nog niet gezien is' },
  'label/when-unseen-seen': {
    en: '{seen} wanted {seen:stream was|streams were} seen from {from} to {to}, in {weeks} {weeks:week|weeks}; {once} of them in one week only, {twice} in two.',
    nl: '{seen} gewenste {seen:stroom is|stromen zijn} gezien van {from} tot en met {to}, in {weeks} {weeks:week|weken}; {once} daarvan in maar één week, {twice} in twee.',
  },
  'label/when-unseen-estimate': {
    en: 'By how few were nearly missed, {estimate} more may be unseen ({low} to {high}).',
    nl: 'Naar hoe weinig er bijna gemist waren, zijn er misschien nog {estimate} ongezien ({low} tot {high}).',
  },
  'label/when-unseen-not': {
    en: 'That says nothing of mail that nobody reports, of streams that begin later, and of what comes once a year when a year has not passed. It opens no gate.',
    nl: 'Dat zegt niets over post die niemand rapporteert, over stromen die later beginnen, en over wat eens per jaar komt als er geen jaar voorbij is. Het opent geen poort.',
  },
};
