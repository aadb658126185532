import type { Vocabulary } from './sentence.ts';

/** What can be the matter with the organisation's folder. */
export const storageWords: Vocabulary = {
  'storage/in-use': {
    en: 'the folder {directory} is in use by another Zegel (process {pid})',
    nl: 'de map {directory} wordt gebruikt door een andere Zegel (proces {pid})',
  },
  'storage/disk-full': {
    en: 'there is no room left to write the {what}; nothing that was kept is lost, make room and try again',
    nl: 'er is geen ruimte meer om te schrijven ({what}); wat bewaard was is niet verloren, maak ruimte en probeer het opnieuw',
  },
  'storage/write-failed': {
    en: 'the {what} could not be written',
    nl: 'er kon niet worden geschreven ({what})',
  },
  'storage/not-readable': {
    en: 'the {what} could not be read',
    nl: 'er kon niet worden gelezen ({what})',
  },
  'storage/damaged': {
    en: 'the {what} is damaged: {detail}',
    nl: 'beschadigd ({what}): {detail}',
  },
  'storage/newer-version': {
    en: 'the {what} was written by a newer Zegel (version {found}, this one knows {known}); use that one, or a copy made before',
    nl: 'dit is geschreven door een nieuwere Zegel ({what}: versie {found}, deze kent {known}); gebruik die, of een eerdere kopie',
  },
  'storage/original-not-kept': {
    en: 'the original {sha256} is no longer kept',
    nl: 'het origineel {sha256} wordt niet meer bewaard',
  },
  'storage/changed-while-reading': {
    en: '{origin} changed while it was being read',
    nl: '{origin} veranderde tijdens het lezen',
  },
  'storage/interrupted': {
    en: 'the work on the {what} was interrupted; it goes on where it stopped when the folder is opened again',
    nl: 'het werk is onderbroken ({what}); het gaat verder waar het stopte als de map weer wordt geopend',
  },
  'storage/not-allowed': {
    en: 'the {what} may not touch files outside the folder of the organisation',
    nl: 'buiten de map van de organisatie mag niets worden gelezen of geschreven ({what})',
  },
  'storage/closed': { en: 'the memory is closed', nl: 'het geheugen is gesloten' },
};
