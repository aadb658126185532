import type { Advice, DkimAlignment, PassesOn, Recognition, Sender, SenderCategory, SpfAlignment } from './model.ts';

/** What can be done at a service, as the data says it: the parts of `how` are said one after the other. */
export interface Alignment {
  readonly shared: boolean | 'both';
  readonly spf: SpfAlignment;
  readonly dkim: DkimAlignment;
  readonly how: readonly Advice[];
  readonly passesOn?: PassesOn;
}

/** An entry of the catalogue: what is not said is empty. */
export function sender(
  category: SenderCategory,
  [id, name, website]: readonly [id: string, name: string, website: string],
  recognise: Partial<Recognition>,
  { shared, spf, dkim, how, passesOn }: Alignment,
  sources: readonly string[],
): Sender {
  return {
    id,
    name,
    category,
    website,
    recognise: { dkim: [], spf: [], returnPath: [], reverse: [], ...recognise },
    shared,
    ...(passesOn === undefined ? {} : { passesOn }),
    align: {
      spf,
      dkim,
      how: { en: how.map(({ en }) => en).join(' '), nl: how.map(({ nl }) => nl).join(' ') },
    },
    sources,
  };
}

/** Plain words in both languages, for what no other part says. */
export function words(en: string, nl: string): Advice {
  return { en, nl };
}

/** Where in the service the domain is set up. */
export function at(menu: string): Advice {
  return words(`Add your domain there under ${menu}.`, `Voeg uw domein daar toe onder ${menu}.`);
}

/** Its customers ask its support, an account manager or their own administrator there. */
export function ask(): Advice {
  return words(
    'Ask its support for the records of your domain: one cannot set this up oneself.',
    'Vraag de helpdesk van de dienst om de records voor uw domein: zelf instellen kan niet.',
  );
}

/** Of a service of which it is not public how it signs. */
export function askWhether(): Advice {
  return words(
    'Ask its support whether it can sign as your domain, by which key or CNAME records, and whether the return path can be a name of yours. Until it can, let it send from its own address with yours as Reply-To.',
    'Vraag de helpdesk of de dienst als uw domein kan ondertekenen, met welke sleutel of CNAME-records, en of het return-path een naam van u kan zijn. Laat haar tot dan vanaf haar eigen adres verzenden met het uwe als Reply-To.',
  );
}

/** DKIM by CNAMEs. `names` as they stand before the domain: `'s1._domainkey and s2._domainkey'`. */
export function signByCname(names?: string): Advice {
  const [en, nl] = named(names);
  return words(
    `Publish the CNAME records it shows${en}: it then signs as your domain.`,
    `Publiceer de CNAME-records die daar staan${nl}: de dienst ondertekent dan als uw domein.`,
  );
}

/** DKIM by a TXT record. */
export function signByTxt(names?: string): Advice {
  const [en, nl] = named(names);
  return words(
    `Publish the DKIM key it shows as a TXT record${en}: it then signs as your domain.`,
    `Publiceer de DKIM-sleutel die daar staat als TXT-record${nl}: de dienst ondertekent dan als uw domein.`,
  );
}

/** The SPF leg by a CNAME of one's own for the return path. */
export function returnByCname(name?: string): Advice {
  const [en, nl] = named(name);
  return words(
    `A CNAME for the return path${en} makes the envelope a name of yours, so that SPF aligns too.`,
    `Een CNAME voor het return-path${nl} maakt de envelopafzender een naam van u, zodat ook SPF klopt met uw domein.`,
  );
}

/** The SPF leg by a name of one's own with MX and SPF records. */
export function returnByMx(name?: string): Advice {
  const [en, nl] = named(name);
  return words(
    `Set a return path below your domain${en} with the MX and SPF records it shows, so that SPF aligns too.`,
    `Stel een return-path onder uw domein in${nl} met de MX- en SPF-records die daar staan, zodat ook SPF klopt met uw domein.`,
  );
}

/** The SPF leg by an include in the domain that stands in the envelope. */
export function includeIt(name: string): Advice {
  return words(
    `Put include:${name} in the SPF record of the domain that sends: that domain is the envelope.`,
    `Zet include:${name} in het SPF-record van het verzendende domein: dat domein staat op de envelop.`,
  );
}

/** The envelope is the service's for good: DKIM has to carry it. */
export function envelopeIsTheirs(): Advice {
  return words(
    'The envelope stays its own, so SPF never aligns and an include for it does nothing for DMARC: DKIM is the only leg.',
    'De envelop blijft van de dienst: SPF klopt nooit met uw domein en een include voor haar helpt DMARC niet. DKIM is het enige been.',
  );
}

function named(names: string | undefined): readonly [en: string, nl: string] {
  if (names === undefined) return ['', ''];
  return [` (${names})`, ` (${names.replaceAll(' and ', ' en ')})`];
}
