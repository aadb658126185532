import type { Vocabulary } from './sentence.ts';

/** What is said of one message that is judged: what is not known of it, and what a person would see. */
export const verificationWords: Vocabulary = {
  'verification/client-below': {
    en: 'Received field {hops} from the top (by {by}) names the client {ip}; if your own servers wrote it and all above it, say --hops {hops}',
    nl: 'Received-veld {hops} van boven (van {by}) noemt de client {ip}; als uw eigen servers het en alles erboven schreven, zeg dan --hops {hops}',
  },
  'verification/inside-client': {
    en: 'the trusted Received field (by {by}) names {ip}, an address inside a network, so who brought the message from outside is not known',
    nl: 'het vertrouwde Received-veld (van {by}) noemt {ip}, een adres binnen een netwerk, dus wie het bericht van buiten bracht is niet bekend',
  },
  'verification/needs-helo': {
    en: 'the sender is null and what the client said after HELO is not known; --helo NAME gives it',
    nl: 'de afzender is leeg en wat de client na HELO zei is niet bekend; --helo NAME geeft het',
  },
  'verification/needs-ip': {
    en: "the client's address is not known; --ip ADDRESS gives it",
    nl: 'het adres van de client is niet bekend; --ip ADDRESS geeft het',
  },
  'verification/needs-mail-from': {
    en: 'the sender of the envelope is not known; --mail-from ADDRESS gives it',
    nl: 'de afzender van de envelop is niet bekend; --mail-from ADDRESS geeft die',
  },
  'verification/no-client': {
    en: 'none of the trusted Received fields (of {hops} in all) names the address of the client',
    nl: 'geen van de vertrouwde Received-velden (van in totaal {hops}) noemt het adres van de client',
  },
  'verification/no-message': {
    en: '{origin} is no message: no header field begins it',
    nl: '{origin} is geen bericht: het begint niet met een kopveld',
  },
  'verification/no-received': {
    en: 'the message has no Received field: nothing in it says who brought it',
    nl: 'het bericht heeft geen Received-veld: niets erin zegt wie het bracht',
  },
  'verification/turns-on-spf': {
    en: 'no aligned signature holds, so it turns on SPF, which needs the address of the client (--ip) and the sender of the envelope (--mail-from)',
    nl: 'er klopt geen uitgelijnde handtekening, dus hangt het af van SPF, en dat heeft het adres van de client (--ip) en de afzender van de envelop (--mail-from) nodig',
  },
  'appearance/address-in-name': {
    en: 'the display name shows the address {address}, and the message is not from {domain}',
    nl: 'de weergavenaam toont het adres {address}, en het bericht is niet van {domain}',
  },
  'appearance/begins-with-domain': {
    en: '{shown} begins like {other}, and is another domain',
    nl: '{shown} begint als {other}, en is een ander domein',
  },
  'appearance/body-beyond-signature': {
    en: 'the signature that speaks for the domain leaves out the last {unsigned} bytes of the body: anybody can have put them there',
    nl: 'de handtekening die voor het domein spreekt, laat de laatste {unsigned} bytes van de inhoud weg: iedereen kan die erbij gezet hebben',
  },
  'appearance/domain-in-name': {
    en: 'the display name speaks of {domain}, and the message is not from there',
    nl: 'de weergavenaam noemt {domain}, en het bericht komt daar niet vandaan',
  },
  'appearance/drawn-as-latin': {
    en: '{shown} ({domain}) is written in {scripts} letters that look like {like}',
    nl: '{shown} ({domain}) is geschreven in {scripts}-letters die eruitzien als {like}',
  },
  'appearance/field-beyond-signature': {
    en: 'the field {field} is there once more than the signature that speaks for the domain covers: anybody can have added the one that is shown',
    nl: 'het veld {field} staat er een keer meer dan de handtekening die voor het domein spreekt dekt: iedereen kan het getoonde hebben toegevoegd',
  },
  'appearance/hidden-characters': {
    en: 'the display name holds characters that are not seen or that turn the text: {name}',
    nl: 'de weergavenaam bevat tekens die niet te zien zijn of die de tekst omkeren: {name}',
  },
  'appearance/holds-name': {
    en: 'the name of {other} stands in {shown}, which is another domain',
    nl: 'de naam van {other} staat in {shown}, dat een ander domein is',
  },
  'appearance/mixed-scripts': {
    en: '{shown} ({domain}) mixes letters of several scripts in one name ({scripts}); it looks like {like}',
    nl: '{shown} ({domain}) mengt letters van verschillende schriften in één naam ({scripts}); het ziet eruit als {like}',
  },
  'appearance/one-letter-off': {
    en: '{shown} is one letter off {other}',
    nl: '{shown} scheelt één letter met {other}',
  },
  'appearance/other-suffix': {
    en: '{shown} has the name of {other} under another suffix',
    nl: '{shown} heeft de naam van {other} onder een andere extensie',
  },
  'appearance/punycode': {
    en: '{domain} is shown as {shown}',
    nl: '{domain} wordt getoond als {shown}',
  },
  'appearance/reply-to-elsewhere': {
    en: 'an answer goes to {domain}, not to the domain in From',
    nl: 'een antwoord gaat naar {domain}, niet naar het domein in From',
  },
  'appearance/same-letters': {
    en: '{shown} can be read as {other}',
    nl: '{shown} is te lezen als {other}',
  },
  'appearance/second-from': {
    en: 'there are {count} From fields: which of them is shown is up to the mail reader',
    nl: 'er zijn {count} From-velden: welk daarvan te zien is, bepaalt het mailprogramma',
  },
  'appearance/sender-elsewhere': {
    en: 'Sender is of {domain}: some mail readers show "on behalf of"',
    nl: 'Sender is van {domain}: sommige mailprogramma\'s tonen "namens"',
  },
  'appearance/several-authors': {
    en: 'From names several domains: {domains}; mail readers show the first or all',
    nl: "From noemt meer dan één domein: {domains}; mailprogramma's tonen het eerste of alle",
  },
};

/** Headings and short phrases of a verification as it is shown. */
export const verificationLabels: Vocabulary = {
  'label/verify-pass': { en: 'PASS: this message is from {domain}', nl: 'GESLAAGD: dit bericht is van {domain}' },
  'label/verify-fail': {
    en: 'FAIL: nothing shows that this message is from {domain}',
    nl: 'GEFAALD: niets toont aan dat dit bericht van {domain} is',
  },
  'label/verify-none': {
    en: 'NONE: {domain} has no DMARC record, so nothing is asked of receivers',
    nl: 'GEEN: {domain} heeft geen DMARC-record, dus wordt ontvangers niets gevraagd',
  },
  'label/verify-no-author': {
    en: 'NO PASS: this message has no single author that could be authenticated',
    nl: 'NIET GESLAAGD: dit bericht heeft geen enkele afzender die te verifiëren is',
  },
  'label/verify-not-known': {
    en: 'NOT KNOWN: it turns on who brought this message as {domain}',
    nl: 'NIET BEKEND: het hangt ervan af wie dit bericht als {domain} bracht',
  },
  'label/verify-temperror': {
    en: 'NOT KNOWN: the DNS did not answer about {domain}; try again later',
    nl: 'NIET BEKEND: het DNS gaf geen antwoord over {domain}; probeer het later nog eens',
  },
  'label/verify-asked': { en: 'The owner asks: {disposition}', nl: 'De eigenaar vraagt: {disposition}' },
  'label/verify-differ': {
    en: 'Receivers do not agree on this message:',
    nl: 'Ontvangers zijn het over dit bericht niet eens:',
  },
  'label/verify-connection': { en: 'connection', nl: 'verbinding' },
  'label/verify-client': {
    en: 'client {ip}, HELO {helo}, MAIL FROM {mailFrom}',
    nl: 'client {ip}, HELO {helo}, MAIL FROM {mailFrom}',
  },
  'label/verify-believed': { en: 'on the word of {by}', nl: 'op gezag van {by}' },
  'label/verify-null-sender': { en: '<> (null sender)', nl: '<> (lege afzender)' },
  'label/verify-unknown': { en: 'not known', nl: 'niet bekend' },
  'label/verify-aligned-strict': { en: 'aligned, the same name', nl: 'uitgelijnd, dezelfde naam' },
  'label/verify-aligned-relaxed': {
    en: 'aligned, the same organization',
    nl: 'uitgelijnd, dezelfde organisatie',
  },
  'label/verify-aligned-none': { en: 'not aligned', nl: 'niet uitgelijnd' },
  'label/verify-aligned-unknown': { en: 'alignment not known', nl: 'uitlijning niet bekend' },
  'label/verify-no-signature': { en: 'no signature', nl: 'geen handtekening' },
  'label/verify-untried': {
    en: '{count} more {count:signature|signatures}, not tried',
    nl: 'nog {count} {count:handtekening|handtekeningen}, niet geprobeerd',
  },
  'label/verify-no-chain': { en: 'no chain', nl: 'geen keten' },
  'label/verify-sealed': {
    en: 'sealed by {domain}, which found {said}',
    nl: 'verzegeld door {domain}, dat vond {said}',
  },
  'label/verify-why': { en: 'Why', nl: 'Waarom' },
  'label/verify-seen': { en: 'What a person sees', nl: 'Wat een mens ziet' },
  'label/verify-from': { en: 'From', nl: 'Van' },
  'label/verify-subject': { en: 'Subject', nl: 'Onderwerp' },
  'label/verify-authenticated': { en: 'Authenticated', nl: 'Geverifieerd' },
  'label/verify-nobody': { en: 'nobody', nl: 'niemand' },
};
