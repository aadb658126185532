import type { Vocabulary } from './sentence.ts';

/** What decided a verdict of DMARC, what is wrong with a record of it, and what was met on the way to the record. */
export const dmarcWords: Vocabulary = {
  // Reasons of a verdict.
  'dmarc/no-policy': {
    en: 'no DMARC record governs this domain, so DMARC does not apply',
    nl: 'geen enkel DMARC-record geldt voor dit domein, dus DMARC is niet van toepassing',
  },
  'dmarc/policy-unknown': {
    en: 'the DNS did not say which DMARC record governs this domain, so the message can neither pass nor fail',
    nl: 'de DNS zei niet welk DMARC-record voor dit domein geldt, dus het bericht kan niet slagen en niet falen',
  },
  'dmarc/record-without-effect': {
    en: 'the DMARC record of {domain} has a policy that is missing or wrong, and no address for reports, so it has no effect',
    nl: 'in het DMARC-record van {domain} ontbreekt een beleid of is het fout, en er is geen adres voor rapporten, dus het heeft geen effect',
  },
  'dmarc/acts-as-none': {
    en: 'the DMARC record of {domain} has a policy that is missing or wrong, so it acts as p=none for the sake of its reports',
    nl: 'in het DMARC-record van {domain} ontbreekt een beleid of is het fout, dus het werkt als p=none, omwille van de rapporten',
  },
  'dmarc/policy-of-author-domain': {
    en: 'the domain has a record of its own ({domain}): {tag}={policy}',
    nl: 'het domein heeft een eigen record ({domain}): {tag}={policy}',
  },
  'dmarc/policy-of-organizational-domain': {
    en: 'the record of the organizational domain {domain} governs: {tag}={policy}',
    nl: 'het record van het organisatiedomein {domain} geldt: {tag}={policy}',
  },
  'dmarc/policy-of-public-suffix-domain': {
    en: 'the record of the public suffix {domain} governs: {tag}={policy}',
    nl: 'het record van het publieke achtervoegsel {domain} geldt: {tag}={policy}',
  },
  'dmarc/existence-unknown': {
    en: 'the policy turns on whether the domain exists, and the DNS did not say',
    nl: 'het beleid hangt ervan af of het domein bestaat, en dat zei de DNS niet',
  },
  'dmarc/dkim-aligned-strict': {
    en: 'DKIM passed for exactly this domain',
    nl: 'DKIM slaagde voor precies dit domein',
  },
  'dmarc/dkim-aligned-relaxed': {
    en: 'DKIM passed for a domain of the same organizational domain',
    nl: 'DKIM slaagde voor een domein van hetzelfde organisatiedomein',
  },
  'dmarc/spf-aligned-strict': { en: 'SPF passed for exactly this domain', nl: 'SPF slaagde voor precies dit domein' },
  'dmarc/spf-aligned-relaxed': {
    en: 'SPF passed for a domain of the same organizational domain',
    nl: 'SPF slaagde voor een domein van hetzelfde organisatiedomein',
  },
  'dmarc/dkim-not-strict': {
    en: 'DKIM passed for a domain of the same organizational domain, but the record asks for exactly this one (adkim=s)',
    nl: 'DKIM slaagde voor een domein van hetzelfde organisatiedomein, maar het record vraagt precies dit domein (adkim=s)',
  },
  'dmarc/spf-not-strict': {
    en: 'SPF passed for a domain of the same organizational domain, but the record asks for exactly this one (aspf=s)',
    nl: 'SPF slaagde voor een domein van hetzelfde organisatiedomein, maar het record vraagt precies dit domein (aspf=s)',
  },
  'dmarc/nothing-aligned': {
    en: 'no domain that passed SPF or DKIM speaks for this one',
    nl: 'geen domein dat voor SPF of DKIM slaagde, spreekt voor dit domein',
  },
  'dmarc/alignment-unknown': {
    en: 'the DNS did not answer a question that could have made the message pass, so it can neither pass nor fail',
    nl: 'de DNS gaf geen antwoord op een vraag die het bericht had kunnen laten slagen, dus het kan niet slagen en niet falen',
  },
  'dmarc/testing': {
    en: 'the owner is testing (t=y): {disposition} is asked for in place of {policy}',
    nl: 'de eigenaar is aan het testen (t=y): er wordt {disposition} gevraagd in plaats van {policy}',
  },
  'dmarc/sampled': {
    en: '{policy} is asked for {percent}% of the messages that fail, {disposition} for the rest (pct={percent})',
    nl: 'voor {percent}% van de berichten die falen wordt {policy} gevraagd, voor de rest {disposition} (pct={percent})',
  },
};
