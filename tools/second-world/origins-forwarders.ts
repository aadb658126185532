// Mail of ours that others pass on: as it came, by SRS, through gateways that spoil signatures, and by lists.
import { add, lane, published } from './setting.ts';
import type { Setting } from './setting.ts';
import type { Shape } from './model.ts';
import { machines } from './space.ts';

/** Mail as it left, by the id of an origin: what is passed on. */
function passing(setting: Setting, ids: readonly string[]): Shape[] {
  return setting.origins.filter(({ id }) => ids.includes(id)).flatMap(({ lanes }) => lanes.map((each) => each.shape));
}

const spoiled = (look: Shape): Shape => ({
  ...look,
  signatures: look.signatures.map((each) => ({ ...each, broken: true })),
});

export function forwarderOrigins(setting: Setting): void {
  const { org } = setting;
  const codes = org.countries.map(({ code }) => code);
  const everything = ['pay', 'surveys', ...codes.flatMap((code) => [`billing-${code}`, `subscribers-${code}`])];
  const passed = (ids: readonly string[], hop: string, change: (look: Shape) => Shape): Shape[] =>
    passing(setting, ids).map((look) => ({ ...change(look), helo: hop }));
  const forward = (
    id: string,
    place: string,
    country: string,
    given: {
      ids: readonly string[];
      volume: number;
      hands: number;
      change?: (look: Shape) => Shape;
      list?: boolean;
      own?: string;
    },
  ): void => {
    const home = `${id}.example`;
    const block = org.space.block(place, country, 32);
    published(setting, home, [block.prefix], [`${given.own ?? 'fw'}._domainkey.${home}`]);
    const shapes = passed(given.ids, `mx.${home}`, given.change ?? ((look) => look));
    add(setting, {
      id,
      kind: 'forwarder',
      party: place,
      sender: place,
      passedOn: given.list === true ? 'list' : 'hop',
      lanes: shapes.map((look) =>
        lane(look, machines(block, 2, given.hands, `mx#.${home}`), given.volume / shapes.length, given.hands),
      ),
    });
  };
  const bounce =
    (home: string) =>
    (look: Shape): Shape => ({ ...look, envelope: look.envelope === '' ? '' : home });
  forward('uni-uppland', 'Universitet Uppland', 'SE', { ids: everything, volume: 9, hands: 2 });
  forward('universidade-sul', 'Universidade do Sul', 'PT', { ids: everything, volume: 6, hands: 1 });
  forward('obec-sever', 'Obec Sever', 'CZ', { ids: everything, volume: 3, hands: 1 });
  forward('gemeente-waterland', 'Gemeente Waterland', 'NL', {
    ids: everything,
    volume: 4,
    hands: 1,
    change: bounce('gemeente-waterland.example'),
  });
  forward('kommunal-it', 'Kommunal IT', 'SE', {
    ids: everything,
    volume: 5,
    hands: 2,
    change: bounce('kommunal-it.example'),
  });
  forward('hostpoint-nord', 'Hostpoint Nord', 'EE', {
    ids: [...everything, 'office-ie'],
    volume: 8,
    hands: 3,
    change: bounce('hostpoint-nord.example'),
  });
  forward('filterwacht', 'Filterwacht', 'AT', {
    ids: ['pay', 'office-ie', 'surveys', 'deskly'],
    volume: 5,
    hands: 2,
    change: spoiled,
  });
  // Lists: their own envelope and signature; ours no longer holds.
  const list =
    (home: string) =>
    (look: Shape): Shape => ({
      ...spoiled(look),
      envelope: home,
      signatures: [...spoiled(look).signatures, { domain: home, selector: 'list' }],
    });
  forward('lists-nog', 'Operators Group', 'IE', {
    ids: ['relay-north', 'relay-south', 'office-ie'],
    volume: 5,
    hands: 1,
    change: list('lists-nog.example'),
    list: true,
    own: 'list',
  });
  forward('ripeste', 'Ripeste Community', 'NL', {
    ids: ['noc-alerts', 'relay-north', 'kabelwerk'],
    volume: 4,
    hands: 1,
    change: list('ripeste.example'),
    list: true,
    own: 'list',
  });
  // People with a machine at home.
  for (let i = 0; i < 4; i++) {
    const block = org.space.block('Vela Broadband', 'IE', 64);
    const shapes = passed(everything, `mail.family${i}.example`, (look) => look);
    add(setting, {
      id: `family-${i}`,
      kind: 'forwarder',
      party: 'people',
      sender: 'a machine at home',
      passedOn: 'hop',
      lanes: shapes.map((look) =>
        lane(look, machines(block, 7 + i, 1, `static-@.vela.example`), 0.5 / shapes.length, 1),
      ),
    });
  }
}
