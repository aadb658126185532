import type { Vocabulary } from './sentence.ts';

/** What one can do about an error, by its code with `-` for `/`. */
export const hintWords: Vocabulary = {
  'hint/storage-in-use': {
    en: 'wait for the other zegel to finish, or give this one a folder of its own with --data',
    nl: 'wacht tot de andere zegel klaar is, of geef deze een eigen map met --data',
  },
  'hint/storage-disk-full': {
    en: 'make room on the disk and run the same command again; nothing was lost',
    nl: 'maak ruimte op de schijf en geef dezelfde opdracht opnieuw; er is niets verloren gegaan',
  },
  'hint/storage-newer-version': {
    en: 'this folder was last used by a newer Zegel: install that version, or restore a copy made before',
    nl: 'deze map is het laatst gebruikt door een nieuwere Zegel: installeer die versie, of zet een eerdere kopie terug',
  },
  'hint/storage-not-readable': {
    en: 'run zegel as the user who owns the folder, or name another one with --data',
    nl: 'voer zegel uit als de gebruiker van wie de map is, of noem een andere met --data',
  },
  'hint/storage-not-allowed': {
    en: 'run zegel as the user who owns the folder, or name another one with --data',
    nl: 'voer zegel uit als de gebruiker van wie de map is, of noem een andere met --data',
  },
  'hint/storage-write-failed': {
    en: 'look at the disk; what was filed before is safe, and the same command goes on where it stopped',
    nl: 'kijk de schijf na; wat al was opgeslagen is veilig, en dezelfde opdracht gaat verder waar hij stopte',
  },
  'hint/storage-damaged': {
    en: 'restore the folder from a copy; the originals/ in it are enough to file everything again in a new folder',
    nl: 'zet de map terug uit een kopie; de originals/ erin volstaan om alles opnieuw op te slaan in een nieuwe map',
  },
};
