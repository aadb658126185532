import type { Vocabulary } from './sentence.ts';

/** What can be wrong with an SPF record, and why a judgement by SPF came out as it did. */
export const spfWords: Vocabulary = {
  'spf/no-version': {
    en: 'this is not an SPF record: it does not begin with "v=spf1" and a space',
    nl: 'dit is geen SPF-record: het begint niet met "v=spf1" en een spatie',
  },
  'spf/bad-character': {
    en: '{term} holds a character (code {character}) that may not stand in an SPF record',
    nl: '{term} bevat een teken (code {character}) dat niet in een SPF-record mag staan',
  },
  'spf/unknown-mechanism': {
    en: '{name} in "{term}" is not an SPF mechanism',
    nl: '{name} in "{term}" is geen SPF-mechanisme',
  },
  'spf/misspelt-mechanism': {
    en: '{name} in "{term}" is not an SPF mechanism; {meant} is',
    nl: '{name} in "{term}" is geen SPF-mechanisme; {meant} wel',
  },
  'spf/qualified-modifier': {
    en: '{name}= may not have a qualifier before it ("{term}")',
    nl: 'voor {name}= mag geen teken staan ("{term}")',
  },
  'spf/unexpected-argument': {
    en: '{name} in "{term}" cannot have this after it',
    nl: '{name} in "{term}" mag dit niet achter zich hebben',
  },
  'spf/missing-domain': {
    en: '{name} in "{term}" lacks the domain it needs',
    nl: '{name} in "{term}" mist het domein dat erbij hoort',
  },
  'spf/bad-domain-spec': {
    en: '"{term}" does not end in a domain name or a macro',
    nl: '"{term}" eindigt niet op een domeinnaam of een macro',
  },
  'spf/macro-syntax': {
    en: '"{term}" holds a macro that cannot be read: {text}',
    nl: '"{term}" bevat een macro die niet te lezen is: {text}',
  },
  'spf/macro-not-here': {
    en: 'the macro {text} in "{term}" may only stand in an explanation',
    nl: 'de macro {text} in "{term}" mag alleen in een toelichting staan',
  },
  'spf/bad-network': {
    en: '"{text}" in "{term}" is not an address that {name} can hold',
    nl: '"{text}" in "{term}" is geen adres dat bij {name} hoort',
  },
  'spf/bad-prefix-length': {
    en: 'the prefix length {text} in "{term}" is not right',
    nl: 'de prefixlengte {text} in "{term}" klopt niet',
  },
  'spf/duplicate-modifier': {
    en: '{name}= stands in the record more than once',
    nl: '{name}= staat meer dan eens in het record',
  },
  'spf/term-after-all': {
    en: '"{term}" comes after "all" and is never looked at',
    nl: '"{term}" staat na "all" en wordt nooit bekeken',
  },
  'spf/redirect-ignored': {
    en: '"{term}" has no effect, since the record holds "all"',
    nl: '"{term}" doet niets, want het record bevat "all"',
  },
  'spf/unknown-modifier': { en: '"{term}" means nothing to SPF', nl: '"{term}" betekent niets voor SPF' },
  'spf/duplicate-term': { en: '"{term}" stands in the record twice', nl: '"{term}" staat twee keer in het record' },
  'spf/ptr-used': {
    en: '"{term}": ptr is slow, unreliable and should not be published',
    nl: '"{term}": ptr is traag en onbetrouwbaar en hoort niet gepubliceerd te worden',
  },
  'spf/passes-all': {
    en: '"{term}" lets every address in the world send for this domain',
    nl: '"{term}" laat elk adres ter wereld namens dit domein verzenden',
  },
  'spf/host-bits': {
    en: '"{term}" has address bits beyond its prefix length of {prefix}; they do not count',
    nl: '"{term}" heeft adresbits voorbij de prefixlengte {prefix}; die tellen niet',
  },
  'spf/no-final-term': {
    en: 'the record ends without "all" or "redirect", so what it does not name is neutral',
    nl: 'het record eindigt zonder "all" of "redirect"; wat het niet noemt, is dus neutraal',
  },
  'spf/matched': { en: '"{term}" in the record of {domain} matches', nl: '"{term}" in het record van {domain} past' },
  'spf/no-match': {
    en: 'nothing in the record of {domain} matches, and it says nothing of the rest',
    nl: 'niets in het record van {domain} past, en over de rest zegt het niets',
  },
  'spf/bad-domain': {
    en: '"{domain}" is not a name that can have an SPF record',
    nl: '"{domain}" is geen naam die een SPF-record kan hebben',
  },
  'spf/bad-client-address': { en: '"{ip}" is not an IP address', nl: '"{ip}" is geen IP-adres' },
  'spf/no-record': { en: '{domain} has no SPF record', nl: '{domain} heeft geen SPF-record' },
  'spf/no-such-domain': { en: '{domain} does not exist', nl: '{domain} bestaat niet' },
  'spf/several-records': {
    en: '{domain} has {count} SPF {count:record|records}; it may have one',
    nl: '{domain} heeft {count} SPF-records; er mag er een zijn',
  },
  'spf/too-many-lookups': {
    en: 'at "{term}" the record asks the DNS more often than the {limit} times it may',
    nl: 'bij "{term}" vraagt het record de DNS vaker dan de {limit} keer die het mag',
  },
  'spf/too-many-void-lookups': {
    en: 'at "{term}" more than {limit} terms have asked the DNS for something that is not there',
    nl: 'bij "{term}" hebben meer dan {limit} termen de DNS gevraagd naar iets wat er niet is',
  },
  'spf/too-many-mail-exchangers': {
    en: '"{term}": {domain} has {count} mail exchangers; SPF may look at {limit}',
    nl: '"{term}": {domain} heeft {count} {count:mailserver|mailservers}; SPF mag er {limit} bekijken',
  },
  'spf/include-without-record': {
    en: '"{term}" leads to {domain}, which has no SPF record',
    nl: '"{term}" leidt naar {domain}, dat geen SPF-record heeft',
  },
  'spf/redirect-without-record': {
    en: '"{term}" leads to {domain}, which has no SPF record',
    nl: '"{term}" leidt naar {domain}, dat geen SPF-record heeft',
  },
  'spf/no-answer': {
    en: 'the DNS did not answer for {name} ({type}): {failure}',
    nl: 'de DNS gaf geen antwoord voor {name} ({type}): {failure}',
  },
  'spf/out-of-time': {
    en: 'the judgement took too long; {name} ({type}) was not asked for any more',
    nl: 'het oordeel duurde te lang; {name} ({type}) is niet meer gevraagd',
  },
};
