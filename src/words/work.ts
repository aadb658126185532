import type { Vocabulary } from './sentence.ts';

/** Why something is a task, and the other ways to the same end. */
export const workWords: Vocabulary = {
  'work/why-spf-alone': {
    en: 'mail of {stream} has no aligned signature in {domains} {domains:domain|domains} and stands on SPF alone: what recipients pass on of it is lost under a policy',
    nl: 'post van {stream} heeft in {domains} {domains:domein|domeinen} geen uitgelijnde handtekening en staat op SPF alleen: wat ontvangers ervan doorsturen gaat verloren onder een beleid',
  },
  'work/why-no-leg': {
    en: 'mail of {stream} passes in {domains} {domains:domain|domains} neither by a signature of ours nor by SPF, so a policy stops it',
    nl: 'post van {stream} slaagt in {domains} {domains:domein|domeinen} niet door een handtekening van ons en niet door SPF, dus een beleid houdt het tegen',
  },
  'work/why-dkim-alone': {
    en: 'mail of {stream} is signed as ours, and in {domains} {domains:domain|domains} its envelope is not ours or SPF fails: a second leg holds when the first breaks',
    nl: 'post van {stream} is als van ons getekend, en in {domains} {domains:domein|domeinen} is de envelop niet van ons of faalt SPF: een tweede been houdt als het eerste breekt',
  },
  'work/why-undecided': {
    en: 'nobody has decided whether {stream} may mail as us; it is thought to be: {kind}',
    nl: 'niemand heeft beslist of {stream} als ons mag mailen; het wordt gehouden voor: {kind}',
  },
  'work/why-passes-by-key': {
    en: '{stream} is unwanted and signs as ours in {domains} {domains:domain|domains}: somebody holds a key of ours, or has our mail signed again',
    nl: '{stream} is ongewenst en tekent als ons in {domains} {domains:domein|domeinen}: iemand heeft een sleutel van ons, of laat onze post opnieuw gebruiken',
  },
  'work/why-passes-by-spf': {
    en: '{stream} is unwanted and is let in by our SPF records in {domains} {domains:domain|domains}',
    nl: '{stream} is ongewenst en wordt door onze SPF-records toegelaten in {domains} {domains:domein|domeinen}',
  },
  'work/merge-with': {
    en: 'or send through {stream} ({id}), the same party at the same sender, which is already in order',
    nl: 'of verstuur via {stream} ({id}), dezelfde partij bij dezelfde verzender, die al in orde is',
  },
  'work/or-move': {
    en: 'or send it through {relay}, which already signs',
    nl: 'of verstuur het via {relay}, die al tekent',
  },
  'work/or-merge': {
    en: 'or send through the set-up of this party that is already in order',
    nl: 'of verstuur via de inrichting van deze partij die al in orde is',
  },
  'work/or-sign': { en: 'or teach these machines to sign', nl: 'of leer deze machines tekenen' },
  'work/or-replace': { en: 'or take another sender', nl: 'of neem een andere verzender' },
};

/** Headings and short phrases of `zegel work` and of letters to those who own streams. */
export const workLabels: Vocabulary = {
  'label/work-title': { en: 'The work list, as of {day}', nl: 'De werklijst, stand van {day}' },
  'label/work-counts': {
    en: '{open} {open:task is|tasks are} open, {waiting} {waiting:waits|wait} for mail to tell, {closed} {closed:is|are} done.',
    nl: '{open} {open:taak staat|taken staan} open, {waiting} {waiting:wacht|wachten} tot de post het vertelt, {closed} {closed:is|zijn} gedaan.',
  },
  'label/work-none': { en: 'There is nothing to do.', nl: 'Er is niets te doen.' },
  'label/work-changed': {
    en: 'Since the last look: {opened} new, {closed} done, {reopened} came undone.',
    nl: 'Sinds de vorige keer: {opened} nieuw, {closed} gedaan, {reopened} weer stuk.',
  },
  'label/work-points': { en: 'points', nl: 'punten' },
  'label/work-do': { en: 'do', nl: 'doen' },
  'label/work-stream': { en: 'stream', nl: 'stroom' },
  'label/work-at': { en: 'at', nl: 'bij' },
  'label/work-owner': { en: 'owner', nl: 'eigenaar' },
  'label/work-state': { en: 'state', nl: 'stand' },
  'label/work-messages': { en: 'messages', nl: 'berichten' },
  'label/work-domains': { en: 'domains', nl: 'domeinen' },
  'label/work-nobody': { en: 'nobody', nl: 'niemand' },
  'label/work-decide': { en: 'decide', nl: 'beslissen' },
  'label/work-sign': { en: 'sign', nl: 'tekenen' },
  'label/work-align-spf': { en: 'align SPF', nl: 'SPF uitlijnen' },
  'label/work-move': { en: 'move to relay', nl: 'naar relay' },
  'label/work-subdomain': { en: 'another name', nl: 'andere naam' },
  'label/work-merge': { en: 'merge', nl: 'samenvoegen' },
  'label/work-replace': { en: 'replace', nl: 'vervangen' },
  'label/work-stop': { en: 'stop', nl: 'stoppen' },
  'label/work-open': { en: 'open', nl: 'open' },
  'label/work-waiting': { en: 'waiting', nl: 'wacht' },
  'label/work-closed': { en: 'done', nl: 'gedaan' },
  'label/work-again': { en: '{state}, came undone {count} {count:time|times}', nl: '{state}, {count} keer weer stuk' },
  'label/work-said-agrees': {
    en: '{who} said done on {day}, and the mail agrees',
    nl: '{who} zei gedaan op {day}, en de post stemt in',
  },
  'label/work-said-disagrees': {
    en: '{who} said done on {day}, and mail of later days says otherwise',
    nl: '{who} zei gedaan op {day}, en post van latere dagen zegt wat anders',
  },
  'label/work-said-not-seen-since': {
    en: '{who} said done on {day}, and no mail of it was seen since',
    nl: '{who} zei gedaan op {day}, en er is sindsdien geen post van gezien',
  },
  'label/work-until': { en: 'The mail will have told by {day}.', nl: 'Uiterlijk {day} heeft de post het verteld.' },
  'label/work-deadline': { en: 'to be done by {day}', nl: 'te doen vóór {day}' },
  'label/work-records': { en: 'Records', nl: 'Records' },
  'label/work-template-name': { en: 'name that the sender gives', nl: 'naam die de verzender geeft' },
  'label/work-template-key': { en: 'public key', nl: 'publieke sleutel' },
  'label/work-template-long-key': {
    en: 'public key of 2048 bits or more',
    nl: 'publieke sleutel van 2048 bits of meer',
  },
  'label/work-template-address': { en: 'address', nl: 'adres' },
  'label/work-template-host': {
    en: 'host that serves the policy file over HTTPS',
    nl: 'host die het beleidsbestand over HTTPS geeft',
  },
  'label/work-as': { en: 'as at {name}', nl: 'zoals op {name}' },
  'label/work-how': { en: 'What to do at {sender}', nl: 'Wat te doen bij {sender}' },
  'label/work-in-domain': {
    en: '{domain}: {lacking} of {messages} {messages:message|messages}, last on {last}',
    nl: '{domain}: {lacking} van {messages} {messages:bericht|berichten}, laatst op {last}',
  },
  'label/work-in-domain-fine': { en: '{domain}: in order', nl: '{domain}: in orde' },
  'label/work-shuts': { en: 'shuts its gate', nl: 'houdt de poort dicht' },
  'label/work-priority': {
    en: '{points} points: volume {volume}, criticality {criticality}, abuse {abuse}, gates {gates}, deadline {deadline}',
    nl: '{points} punten: omvang {volume}, belang {criticality}, misbruik {abuse}, poorten {gates}, termijn {deadline}',
  },
  'label/work-ask-decide': {
    en: 'Say whether this may mail as us: zegel decide {id} authorised, forbidden or forwarder.',
    nl: 'Zeg of dit als ons mag mailen: zegel decide {id} authorised, forbidden of forwarder.',
  },
  'label/work-ask-sign': {
    en: 'Let this mail be signed with a key under the domain in its From: line.',
    nl: 'Laat deze post ondertekenen met een sleutel onder het domein in de From:-regel.',
  },
  'label/work-ask-align-spf': {
    en: 'Let bounces return to a name under the domain in the From: line, and let the SPF record of that name let the sender in.',
    nl: 'Laat retourpost terugkomen op een naam onder het domein in de From:-regel, en laat het SPF-record van die naam de verzender toe.',
  },
  'label/work-ask-move': {
    en: 'Send this mail through the relay, which signs it, and no longer straight to the Internet.',
    nl: 'Verstuur deze post via de relay, die hem ondertekent, en niet meer rechtstreeks naar internet.',
  },
  'label/work-ask-subdomain': {
    en: 'Send from a name that exists: these From: domains are not in the DNS, so nothing can ever speak for them.',
    nl: 'Verstuur vanaf een naam die bestaat: deze From:-domeinen staan niet in de DNS, dus niets kan ooit voor ze instaan.',
  },
  'label/work-ask-merge': {
    en: 'Send this mail through the set-up of the same party that is already in order.',
    nl: 'Verstuur deze post via de inrichting van dezelfde partij die al in orde is.',
  },
  'label/work-ask-replace': {
    en: 'This sender cannot sign as us. Take another for this mail, or send it through the relay.',
    nl: 'Deze verzender kan niet als ons ondertekenen. Neem een andere voor deze post, of verstuur hem via de relay.',
  },
  'label/work-ask-stop': {
    en: 'Take away what lets this mail pass as ours: retire the key it signs with, or the term of the SPF record that lets it in.',
    nl: 'Neem weg waardoor deze post als van ons slaagt: trek de sleutel in waarmee hij tekent, of de term in het SPF-record die hem toelaat.',
  },
  'label/letter-title': {
    en: 'Your mail in our name: what we ask of you',
    nl: 'Uw post in onze naam: wat wij u vragen',
  },
  'label/letter-dear': { en: 'Dear {name},', nl: 'Beste {name},' },
  'label/letter-dear-nobody': { en: 'Dear colleague,', nl: 'Beste collega,' },
  'label/letter-why': {
    en: 'Strangers send mail in our name. We are closing our domains against that, step by step. Mail that we do want, yours too, has to show from then on that it is ours; mail that does not will end up among the unwanted mail, or be refused. Until you have done what is below, nothing changes for your mail.',
    nl: 'Vreemden versturen post in onze naam. Daar sluiten wij onze domeinen stap voor stap voor af. Post die wij wel willen, ook die van u, moet vanaf dan laten zien dat hij van ons is; post die dat niet laat zien komt bij de ongewenste post terecht of wordt geweigerd. Zolang u niet gedaan hebt wat hieronder staat, verandert er voor uw post niets.',
  },
  'label/letter-count': {
    en: 'There {count:is|are} {count} {count:thing|things} to do.',
    nl: 'Er {count:is|zijn} {count} {count:ding|dingen} te doen.',
  },
  'label/letter-one': { en: 'There is one thing to do.', nl: 'Er is één ding te doen.' },
  'label/letter-head-decide': { en: 'Is this yours? {stream}', nl: 'Is dit van u? {stream}' },
  'label/letter-head-sign': { en: 'To be signed: {stream}', nl: 'Te ondertekenen: {stream}' },
  'label/letter-head-align-spf': {
    en: 'Let bounces come back to a domain of ours: {stream}',
    nl: 'Retourpost naar een domein van ons: {stream}',
  },
  'label/letter-head-move': { en: 'To be sent through the relay: {stream}', nl: 'Via de relay te versturen: {stream}' },
  'label/letter-head-subdomain': {
    en: 'To be sent from a name that exists: {stream}',
    nl: 'Vanaf een naam die bestaat te versturen: {stream}',
  },
  'label/letter-head-merge': {
    en: 'To be sent through a set-up you have: {stream}',
    nl: 'Via een inrichting die u al hebt te versturen: {stream}',
  },
  'label/letter-head-replace': {
    en: 'Another sender is needed: {stream}',
    nl: 'Een andere verzender is nodig: {stream}',
  },
  'label/letter-head-stop': { en: 'To be stopped: {stream}', nl: 'Te stoppen: {stream}' },
  'label/letter-see-mail': {
    en: '{messages} {messages:message|messages} as {domains}, from {first} to {last}.',
    nl: '{messages} {messages:bericht|berichten} namens {domains}, van {first} tot en met {last}.',
  },
  'label/letter-see-from': {
    en: 'The mail comes from {sender}: {count} {count:address|addresses}, the busiest {count:being|of them} {list}.',
    nl: 'De post komt van {sender}: {count} {count:adres|adressen}, waarvan het drukst: {list}.',
  },
  'label/letter-see': { en: 'What we see', nl: 'Wat wij zien' },
  'label/letter-see-line': {
    en: '{messages} {messages:message|messages} in {domains}, of which {lacking} {lacking:is|are} not in order (last on {last}).',
    nl: '{messages} {messages:bericht|berichten} in {domains}, waarvan er {lacking} niet in orde {lacking:is|zijn} (laatst op {last}).',
  },
  'label/letter-do': { en: 'What we ask', nl: 'Wat wij vragen' },
  'label/letter-records': {
    en: 'These records are needed. We publish them for you; send us the parts in angle brackets, which you get from {sender}.',
    nl: 'Deze records zijn nodig. Wij publiceren ze voor u; stuur ons de delen tussen punthaken, die u van {sender} krijgt.',
  },
  'label/letter-records-exact': {
    en: 'These records are needed. We publish them when you say that you are ready.',
    nl: 'Deze records zijn nodig. Wij publiceren ze als u zegt dat u klaar bent.',
  },
  'label/letter-by': { en: 'Please do this before {day}.', nl: 'Wilt u dit vóór {day} doen?' },
  'label/letter-check': {
    en: 'You need not prove anything: we see from the reports of receivers whether your mail is in order, a few days after it was sent.',
    nl: 'U hoeft niets aan te tonen: wij zien aan de rapporten van ontvangers of uw post in orde is, een paar dagen nadat hij verstuurd is.',
  },
  'label/letter-ask-decide': {
    en: 'Is this mail yours, and may it be sent in our name? Please tell us what it is for, or that you do not know it.',
    nl: 'Is deze post van u, en mag hij in onze naam verstuurd worden? Laat ons weten waar hij voor is, of dat u hem niet kent.',
  },
  'label/letter-close': { en: 'Kind regards,', nl: 'Met vriendelijke groet,' },
  'label/letter-sender': { en: 'your sender', nl: 'uw verzender' },
};
