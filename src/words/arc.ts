import type { Vocabulary } from './sentence.ts';

/** Why a chain of ARC does not hold. */
export const arcWords: Vocabulary = {
  'arc/bad-instance': {
    en: 'a field {field} has no instance number between 1 and 50',
    nl: 'een veld {field} heeft geen volgnummer tussen 1 en 50',
  },
  'arc/chain-already-failed': {
    en: 'handler {instance} already found the chain broken',
    nl: 'schakel {instance} vond de keten al gebroken',
  },
  'arc/duplicate-field': {
    en: '{field} stands more than once for instance {instance}',
    nl: '{field} staat er meer dan eens voor volgnummer {instance}',
  },
  'arc/incomplete-set': {
    en: '{field} is missing for instance {instance}',
    nl: '{field} ontbreekt voor volgnummer {instance}',
  },
  'arc/seal-broken': {
    en: 'the seal of instance {instance} does not hold',
    nl: 'het zegel van volgnummer {instance} klopt niet',
  },
  'arc/seal-with-h': {
    en: 'the seal of instance {instance} has the forbidden tag h=',
    nl: 'het zegel van volgnummer {instance} heeft de verboden tag h=',
  },
  'arc/signs-seal': {
    en: 'the message signature of instance {instance} covers a seal, which is forbidden',
    nl: 'de berichthandtekening van volgnummer {instance} dekt een zegel, wat verboden is',
  },
  'arc/too-many-sets': {
    en: 'the chain has more than {most} sets',
    nl: 'de keten heeft meer dan {most} schakels',
  },
  'arc/unknown-chain-status': {
    en: 'cv={status} is not a status of a chain',
    nl: 'cv={status} is geen status van een keten',
  },
  'arc/wrong-chain-status': {
    en: 'cv={status} cannot be at instance {instance}',
    nl: 'cv={status} kan niet bij volgnummer {instance}',
  },
};
