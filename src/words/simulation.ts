import type { Vocabulary } from './sentence.ts';

/** What a what-if says by code: what stands in its way, how unwanted mail gets through, and what nobody can know. */
export const simulationWords: Vocabulary = {
  'simulation/no-spf-record': {
    en: '{domain} has no SPF record, so there is nothing to change in it',
    nl: '{domain} heeft geen SPF-record, dus er valt niets aan te veranderen',
  },
  'simulation/spf-record-unknown': {
    en: 'the SPF record of {domain} is not known: keep it with zegel snapshot, or name --zone or --resolver',
    nl: 'het SPF-record van {domain} is niet bekend: bewaar het met zegel snapshot, of geef --zone of --resolver',
  },
  'simulation/spf-breaks': {
    en: 'SPF of {domain} would end in an error (permerror), and nothing passes by it then:',
    nl: 'SPF van {domain} zou in een fout (permerror) eindigen, en dan slaagt er niets meer mee:',
  },
  'simulation/spf-breaks-more': {
    en: 'and so would SPF of {count} more {count:domain|domains}',
    nl: 'en dat geldt voor SPF van nog {count} {count:domein|domeinen}',
  },
  'simulation/no-such-include': {
    en: 'the SPF record of {domain} has no include of {include}',
    nl: 'het SPF-record van {domain} heeft geen include van {include}',
  },
  'simulation/no-such-stream': {
    en: 'there is no stream {stream}; zegel streams lists them',
    nl: 'er is geen stroom {stream}; zegel streams geeft de lijst',
  },
  'simulation/no-such-selector': {
    en: 'no signature was seen that uses the selector {selector} of {domain}',
    nl: 'er is geen handtekening gezien met de selector {selector} van {domain}',
  },
  'simulation/through-policy': {
    en: '{tag}={policy} asks for nothing',
    nl: '{tag}={policy} vraagt om niets',
  },
  'simulation/through-softened': {
    en: '{tag}={policy} is softened by t or pct',
    nl: '{tag}={policy} is verzacht door t of pct',
  },
  'simulation/through-no-policy': {
    en: 'no DMARC record applies to {domain}',
    nl: 'voor {domain} geldt geen DMARC-record',
  },
  'simulation/through-unknown': {
    en: 'it is not known which record applies to {domain}',
    nl: 'het is niet bekend welk record voor {domain} geldt',
  },
  'simulation/through-receiver': {
    en: 'receivers let it through in spite of the policy, as they did before',
    nl: 'ontvangers laten het ondanks het beleid door, zoals ze eerder deden',
  },
  'simulation/through-dkim': {
    en: 'it carries a valid signature of {signingDomain} (selector {selector}): replayed, or a sender others can use too',
    nl: 'het draagt een geldige handtekening van {signingDomain} (selector {selector}): opnieuw verstuurd, of een verzender die ook anderen kunnen gebruiken',
  },
  'simulation/through-spf': {
    en: '{term} in the SPF record of {domain} lets its address in',
    nl: '{term} in het SPF-record van {domain} laat het adres toe',
  },
  'simulation/through-spf-shared': {
    en: '{term} in the SPF record of {domain} lets its address in, and wanted mail comes that way too ({wanted} {wanted:message|messages}): a shared relay, or another tenant of the same sender',
    nl: '{term} in het SPF-record van {domain} laat het adres toe, en gewenste mail komt ook zo binnen ({wanted} {wanted:bericht|berichten}): een gedeelde relay, of een andere klant van dezelfde verzender',
  },
  'simulation/through-spf-untold': {
    en: 'receivers say that SPF passed for {domain}; the records that are known do not show why',
    nl: 'ontvangers zeggen dat SPF slaagde voor {domain}; de bekende records laten niet zien waarom',
  },
  'simulation/doubt-policy-unknown': {
    en: 'The record that applies is not known: anything may happen to this mail.',
    nl: 'Het record dat geldt is niet bekend: met deze mail kan alles gebeuren.',
  },
  'simulation/doubt-existence-unknown': {
    en: 'Whether the name in From exists is not known, and np and sp (or p) ask for different things.',
    nl: 'Of de naam in From bestaat is niet bekend, en np en sp (of p) vragen om verschillende dingen.',
  },
  'simulation/doubt-sampling': {
    en: 'Receivers of RFC 7489 draw lots: pct applies the policy to a share of the mail.',
    nl: 'Ontvangers van RFC 7489 loten: pct past het beleid toe op een deel van de mail.',
  },
  'simulation/doubt-leg-on-its-word': {
    en: 'The receiver says a leg was aligned and shows no domain for it. Assumed: it still is, and how near it is to From is not known.',
    nl: 'De ontvanger zegt dat een been was uitgelijnd en noemt er geen domein bij. Aangenomen: dat is het nog, en hoe dicht bij From is niet bekend.',
  },
  'simulation/doubt-disputed': {
    en: 'The results show an aligned leg, and the receiver says there was none.',
    nl: 'De uitslagen tonen een uitgelijnd been, en de ontvanger zegt dat er geen was.',
  },
  'simulation/doubt-selector-untold': {
    en: 'The report does not say which key signed, so it may be the one that goes.',
    nl: 'Het rapport zegt niet welke sleutel ondertekende, dus het kan die zijn die verdwijnt.',
  },
  'simulation/doubt-spf-inconsistent': {
    en: 'What the receiver said of SPF is not what the records that are known say of that address. Assumed: the new record does what it says.',
    nl: 'Wat de ontvanger over SPF zei is niet wat de bekende records over dat adres zeggen. Aangenomen: het nieuwe record doet wat het zegt.',
  },
  'simulation/doubt-spf-by-message': {
    en: 'The SPF record has a term that looks at the message (a macro, ptr), which reports do not show.',
    nl: 'Het SPF-record heeft een term die naar het bericht kijkt (een macro, ptr), en dat tonen rapporten niet.',
  },
  'simulation/doubt-spf-domain-untold': {
    en: 'The report does not say for which domain SPF passed, so it may be one whose record changes.',
    nl: 'Het rapport zegt niet voor welk domein SPF slaagde, dus het kan er een zijn waarvan het record verandert.',
  },
  'simulation/doubt-days-untold': {
    en: 'The report covers days before and after a record changed, and does not say on which of them this mail came.',
    nl: 'Het rapport gaat over dagen voor en na een verandering van een record, en zegt niet op welke daarvan deze mail kwam.',
  },
  'simulation/doubt-generation-unknown': {
    en: 'Whether the receiver follows RFC 9989 or still RFC 7489 does not show in its reports, and here they part.',
    nl: 'Of de ontvanger RFC 9989 volgt of nog RFC 7489 blijkt niet uit zijn rapporten, en hier gaan die uiteen.',
  },
  'simulation/doubt-discovery-unknown': {
    en: 'How the receiver finds the policy, by the tree walk or by the Public Suffix List, does not show in its reports, and here they part.',
    nl: 'Hoe de ontvanger het beleid vindt, met de DNS-wandeling of met de Public Suffix List, blijkt niet uit zijn rapporten, en hier gaan die uiteen.',
  },
  'simulation/doubt-reject-as-quarantine': {
    en: 'The receiver was not seen to reject every time it was asked to: it may quarantine instead (RFC 9989 §7.4).',
    nl: 'De ontvanger weigerde niet aantoonbaar elke keer dat daarom werd gevraagd: hij kan ook in quarantaine plaatsen (RFC 9989 §7.4).',
  },
  'simulation/doubt-override-again': {
    en: 'Receivers had reasons of their own with this mail before: they let it through although it failed, or rejected it at once. Assumed: they do so again.',
    nl: 'Ontvangers hadden eerder eigen redenen bij deze mail: ze lieten hem door hoewel hij faalde, of weigerden hem meteen. Aangenomen: dat doen ze weer.',
  },
  'simulation/doubt-let-through-seldom': {
    en: 'The receiver lets a little failing mail through now and then, for reasons that it does not say. Assumed: about as much as it was seen to.',
    nl: 'De ontvanger laat af en toe wat falende mail door, om redenen die hij niet noemt. Aangenomen: ongeveer zoveel als eerder te zien was.',
  },
  'simulation/doubt-may-be-forwarded': {
    en: 'It comes by way of others, or nobody knows whose it is: a list may rewrite From, a receiver may trust who forwards.',
    nl: 'Het komt via anderen, of niemand weet van wie het is: een lijst kan From herschrijven, een ontvanger kan de doorstuurder vertrouwen.',
  },
  'simulation/doubt-rejected-at-mail-from': {
    en: 'It would now fail SPF (fail): it may be turned away at MAIL FROM, whatever DKIM says, and no report shows that (RFC 9989 §7.1).',
    nl: 'Het zou nu falen voor SPF (fail): het kan al bij MAIL FROM worden geweigerd, wat DKIM ook zegt, en geen rapport toont dat (RFC 9989 §7.1).',
  },
  'simulation/doubt-spf-record-not-kept': {
    en: 'The SPF records of its day were not kept, and those of now say another thing of its address. Assumed: what the report says still holds.',
    nl: 'De SPF-records van die dag zijn niet bewaard, en die van nu zeggen iets anders over het adres. Aangenomen: wat het rapport zegt geldt nog.',
  },
  'simulation/doubt-spf-unanswered': {
    en: 'The DNS gave no answer for an SPF record it leans on (temperror), which may pass.',
    nl: 'De DNS gaf geen antwoord voor een SPF-record waar het op leunt (temperror), en dat kan overgaan.',
  },
};

/** Headings and short phrases of `zegel what-if`. */
export const simulationLabels: Vocabulary = {
  'label/what-if-title': { en: 'What if: {changes}', nl: 'Wat als: {changes}' },
  'label/what-if-signs': { en: 'stream {stream} signs', nl: 'stroom {stream} ondertekent' },
  'label/what-if-no-mail': {
    en: 'No report tells of mail that this could reach.',
    nl: 'Geen rapport vertelt van mail die dit kan raken.',
  },
  'label/what-if-cost': {
    en: '{lost} wanted {lost:message|messages} of {streams} {streams:stream|streams} would no longer be delivered ({least} to {most}).',
    nl: '{lost} gewenste {lost:bericht|berichten} van {streams} {streams:stroom|stromen} {lost:zou|zouden} niet meer worden bezorgd ({least} tot {most}).',
  },
  'label/what-if-cost-sure': {
    en: '{lost} wanted {lost:message|messages} of {streams} {streams:stream|streams} would no longer be delivered.',
    nl: '{lost} gewenste {lost:bericht|berichten} van {streams} {streams:stroom|stromen} {lost:zou|zouden} niet meer worden bezorgd.',
  },
  'label/what-if-cost-perhaps': {
    en: 'No wanted mail is expected to be lost; at the worst {most} {most:message|messages} of {streams} {streams:stream|streams} could be.',
    nl: 'Naar verwachting gaat geen gewenste mail verloren; in het slechtste geval {most} {most:bericht|berichten} van {streams} {streams:stroom|stromen}.',
  },
  'label/what-if-free': {
    en: 'Nothing that is wanted and was seen would be lost.',
    nl: 'Niets dat gewenst is en gezien is zou verloren gaan.',
  },
  'label/what-if-undecided-cost': {
    en: 'Of mail nobody has decided on, {lost} would ({least} to {most}): find out first whose it is.',
    nl: 'Van mail waarover niemand heeft beslist, {lost} ({least} tot {most}): zoek eerst uit van wie die is.',
  },
  'label/what-if-refused': {
    en: '{messages} wanted {messages:message that is|messages that are} quarantined now would be refused.',
    nl: '{messages} gewenste {messages:bericht dat nu in quarantaine gaat zou|berichten die nu in quarantaine gaan zouden} geweigerd worden.',
  },
  'label/what-if-undecided-refused': {
    en: 'Of mail nobody has decided on, {messages} quarantined now would be refused.',
    nl: 'Van mail waarover niemand heeft beslist zou {messages} die nu in quarantaine gaat geweigerd worden.',
  },
  'label/what-if-refused-column': { en: 'refused', nl: 'geweigerd' },
  'label/what-if-forwarded-cost': {
    en: 'Of mail that others forward, {lost} would ({least} to {most}).',
    nl: 'Van mail die anderen doorsturen, {lost} ({least} tot {most}).',
  },
  'label/what-if-regained': {
    en: '{messages} wanted {messages:message|messages} would be delivered that {messages:is|are} not now.',
    nl: '{messages} gewenste {messages:bericht zou|berichten zouden} worden bezorgd {messages:dat nu niet wordt|die dat nu niet worden}.',
  },
  'label/what-if-thought': {
    en: '{messages} of the wanted messages are only thought to be ours: nobody has said so yet.',
    nl: '{messages} van de gewenste berichten zijn alleen naar schatting van ons: niemand heeft dat nog gezegd.',
  },
  'label/what-if-stopped': {
    en: 'Of {messages} unwanted {messages:message|messages} {stopped} would be stopped ({before} as it is); {through} would still be delivered.',
    nl: 'Van {messages} ongewenste {messages:bericht zou|berichten zouden} er {stopped} worden tegengehouden ({before} zoals het is); {through} zouden nog worden bezorgd.',
  },
  'label/what-if-seen': {
    en: 'Mail seen from {from} to {to}: {messages} {messages:message|messages} that the change can reach.',
    nl: 'Mail gezien van {from} tot en met {to}: {messages} {messages:bericht|berichten} die de verandering kan raken.',
  },
  'label/what-if-now': {
    en: 'Each is judged by the records as they are now, without the change and with it.',
    nl: 'Elk is beoordeeld naar de records zoals ze nu zijn, zonder de verandering en ermee.',
  },
  'label/what-if-then': {
    en: 'Each is judged by the records of its own day; what became of it without the change is what the reports say.',
    nl: 'Elk is beoordeeld naar de records van zijn eigen dag; wat er zonder de verandering van werd is wat de rapporten zeggen.',
  },
  'label/what-if-streams': { en: 'Streams it would change', nl: 'Stromen die veranderen' },
  'label/what-if-one-leg': {
    en: 'Wanted streams that would stand on one leg',
    nl: 'Gewenste stromen die op één been zouden staan',
  },
  'label/what-if-stream': { en: 'stream', nl: 'stroom' },
  'label/what-if-standing': { en: 'whose', nl: 'van wie' },
  'label/what-if-party': { en: 'party', nl: 'partij' },
  'label/what-if-messages': { en: 'messages', nl: 'berichten' },
  'label/what-if-lost': { en: 'lost', nl: 'verloren' },
  'label/what-if-at-most': { en: 'at most', nl: 'hoogstens' },
  'label/what-if-gained': { en: 'regained', nl: 'terug' },
  'label/what-if-quarantined': { en: 'quarantined', nl: 'quarantaine' },
  'label/what-if-rejected': { en: 'rejected', nl: 'geweigerd' },
  'label/what-if-delivered': { en: 'delivered', nl: 'bezorgd' },
  'label/what-if-legs': { en: 'stands on', nl: 'staat op' },
  'label/what-if-leg-both': { en: 'both legs', nl: 'beide benen' },
  'label/what-if-leg-dkim': { en: 'DKIM only', nl: 'alleen DKIM' },
  'label/what-if-leg-spf': { en: 'SPF only', nl: 'alleen SPF' },
  'label/what-if-leg-neither': { en: 'neither leg', nl: 'geen been' },
  'label/what-if-leg-mixed': { en: 'mixed', nl: 'gemengd' },
  'label/what-if-no-stream': { en: 'of unknown streams', nl: 'van onbekende stromen' },
  'label/what-if-kind-own': { en: 'ours', nl: 'van ons' },
  'label/what-if-kind-third': { en: 'for us', nl: 'voor ons' },
  'label/what-if-kind-forwarder': { en: 'forwarder', nl: 'doorstuurder' },
  'label/what-if-kind-forged': { en: 'forged', nl: 'vervalst' },
  'label/what-if-kind-abused': { en: 'abused', nl: 'misbruikt' },
  'label/what-if-kind-undecided': { en: 'undecided', nl: 'onbeslist' },
  'label/what-if-decision-authorised': { en: 'authorised', nl: 'toegestaan' },
  'label/what-if-decision-forbidden': { en: 'forbidden', nl: 'verboden' },
  'label/what-if-decision-forwarder': { en: 'forwarder', nl: 'doorstuurder' },
  'label/what-if-thought-mark': { en: '{kind}?', nl: '{kind}?' },
  'label/what-if-through': {
    en: 'Unwanted mail that would still be delivered',
    nl: 'Ongewenste mail die nog zou worden bezorgd',
  },
  'label/what-if-doubts': {
    en: 'What is not certain, of the mail it would change',
    nl: 'Wat niet zeker is, van de mail die verandert',
  },
  'label/what-if-unseen': {
    en: 'Not in these numbers: mail to receivers that do not report, and mail turned away before DMARC.',
    nl: 'Niet in deze getallen: mail aan ontvangers die niet rapporteren, en mail die vóór DMARC is geweigerd.',
  },
  'label/what-if-by-authorDomain': { en: 'By author domain', nl: 'Per domein in From' },
  'label/what-if-by-day': { en: 'By day', nl: 'Per dag' },
  'label/what-if-by-party': { en: 'By party', nl: 'Per partij' },
  'label/what-if-by-receiver': { en: 'By receiver', nl: 'Per ontvanger' },
  'label/what-if-by-source': { en: 'By source', nl: 'Per bron' },
  'label/what-if-not-said': { en: 'not said', nl: 'niet gezegd' },
  'label/what-if-nothing-there': { en: 'nothing', nl: 'niets' },
  'label/what-if-not-known': { en: 'not known', nl: 'niet bekend' },
  'label/what-if-drift-part': {
    en: 'Of these {lost} would not be lost if SPF records had stayed as they were when the mail came.',
    nl: 'Daarvan zouden er {lost} niet verloren gaan als de SPF-records waren gebleven zoals toen de mail kwam.',
  },
  'label/what-if-drift-lost': {
    en: 'Lost already, whatever is asked, since SPF records changed: {lost} wanted messages.',
    nl: 'Al verloren, wat er ook wordt gevraagd, doordat SPF-records zijn veranderd: {lost} gewenste berichten.',
  },
  'label/what-if-drift-range': { en: '{expected} ({least} to {most})', nl: '{expected} ({least} tot {most})' },
  'label/what-if-drift': {
    en: 'SPF records that changed since this mail, whatever is asked',
    nl: 'SPF-records die sinds deze mail zijn veranderd, los van de vraag',
  },
  'label/what-if-drift-legs': {
    en: 'Wanted messages that would be without the SPF leg they had: {lost}. Of these stand on an aligned DKIM leg: {dkim}.',
    nl: 'Gewenste berichten die het SPF-been dat ze hadden nu niet meer zouden hebben: {lost}. Daarvan staan op een uitgelijnd DKIM-been: {dkim}.',
  },
  'label/what-if-drift-gained': {
    en: 'Wanted messages with an SPF leg they did not have: {gained}.',
    nl: 'Gewenste berichten met een SPF-been dat ze niet hadden: {gained}.',
  },
  'label/what-if-drift-leg-lost': { en: 'SPF lost', nl: 'SPF kwijt' },
  'label/what-if-drift-on-dkim': { en: 'on DKIM', nl: 'op DKIM' },
  'label/what-if-drift-leg-gained': { en: 'SPF gained', nl: 'SPF erbij' },
  'label/what-if-drift-source': { en: 'source', nl: 'bron' },
  'label/what-if-drift-domain': { en: 'SPF domain', nl: 'SPF-domein' },
  'label/what-if-drift-said': { en: 'reported', nl: 'gemeld' },
  'label/what-if-drift-today': { en: 'today', nl: 'nu' },
  'label/what-if-drift-maybe': { en: '{today}?', nl: '{today}?' },
  'label/what-if-drift-between': {
    en: '{name} {type}, between {from} and {to}',
    nl: '{name} {type}, tussen {from} en {to}',
  },
  'label/what-if-drift-not-kept': {
    en: 'The SPF records of the day were not kept, and those of now say another thing of {messages} {messages:message|messages}. Assumed: what was reported still holds. zegel snapshot keeps records from now on.',
    nl: 'De SPF-records van die dag zijn niet bewaard, en die van nu zeggen iets anders over {messages} {messages:bericht|berichten}. Aangenomen: wat is gemeld geldt nog. zegel snapshot bewaart records vanaf nu.',
  },
  'label/what-if-drift-not-known': {
    en: 'The SPF records of now are not known for {messages} {messages:message|messages}. Assumed: what was reported still holds.',
    nl: 'Voor {messages} {messages:bericht|berichten} zijn de SPF-records van nu niet bekend. Aangenomen: wat is gemeld geldt nog.',
  },
  'label/what-if-drift-none-kept': {
    en: 'No records were kept of the days of this mail: whether its SPF results would be others today is not known. zegel snapshot keeps records from now on.',
    nl: 'Van de dagen van deze mail zijn geen records bewaard: of de SPF-uitslagen nu anders zouden zijn is niet bekend. zegel snapshot bewaart records vanaf nu.',
  },
};
