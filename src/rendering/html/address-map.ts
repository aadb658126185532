import type { AddressPart, AddressSpace, Kind } from '../../protection/inventory/index.ts';
import { formatAddress, networkOf } from '../../standards/dns/index.ts';
import { safeText } from '../safe-text.ts';
import type { Speech } from '../speech.ts';
import { networkText } from '../who.ts';
import { largestSquares, patchwork, rectangles } from './hilbert.ts';
import type { Patchwork, Rectangle } from './hilbert.ts';
import { html, trusted } from './markup.ts';
import type { Markup } from './markup.ts';

/** All sources at once: IPv4 in one square, IPv6 in another beside it, with what the colours mean. */
export function addressMap(space: AddressSpace, words: Speech, legend: Markup): Markup {
  const figure = (parts: readonly AddressPart[], code: string, small: boolean): Markup => {
    if (parts.length === 0) return trusted('');
    const sources = new Set(parts.map(({ text }) => text)).size;
    const messages = parts.reduce((sum, part) => sum + part.messages, 0);
    const caption = words.say(code, { sources: words.integer(sources), messages: words.integer(messages) });
    return html`<figure class="map">
      ${drawing(parts, caption, words)}
      <figcaption>${caption}${small ? `; ${words.say('map-own-scale')}` : ''}</figcaption>
    </figure>`;
  };
  return html`<div class="maps">
    ${figure(space.v4, 'map-v4', false)}
    <div>${figure(space.v6, 'map-v6', space.v4.length > 0)}${legend}</div>
  </div>`;
}

/** A patch of the picture: neighbouring addresses of one network and one kind. */
interface Patch {
  /** The network it belongs to: the number of its first item, or `crowd`. */
  readonly region: number;
  readonly kind: Kind;
  cells: number;
  messages: number;
  sources: number;
  readonly first: AddressPart;
  last: AddressPart;
  /** The part with most messages. */
  head: AddressPart;
  /** How it is called when it is not one network. */
  called?: string;
}

/** What is put together of many small networks has no border and no name. */
const crowd = -1;

/** More patches than these make the page heavy; the smallest are put together by the wide network they lie in. */
const mostPatches = 4000;

function drawing(parts: readonly AddressPart[], label: string, words: Speech): Markup {
  const work = patchwork(parts.map(({ messages }) => messages));
  const { side, items } = work;
  const { patches, patchOf } = patchesOf(parts, work, words);
  const shapes: Markup[] = [];
  for (const [at, found] of rectangles(side, (cell) => patchOf[items[cell]!]!)) {
    const patch = patches[at]!;
    shapes.push(
      html`<path class="m-${patch.kind}" d="${trusted(pathOf(found))}"
        ><title>${patchTitle(patch, words)}</title></path
      >`,
    );
  }
  const regionOf = (cell: number): number => patches[patchOf[items[cell]!]!]!.region;
  return html`<svg viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges" role="img" aria-label="${label}">
    ${shapes}
    <path class="edges" d="${trusted(edges(side, regionOf, patches))}" />
    ${names(side, regionOf, parts)}
  </svg>`;
}

function patchesOf(
  parts: readonly AddressPart[],
  { cells }: Patchwork,
  words: Speech,
): { patches: Patch[]; patchOf: Int32Array } {
  const patches: Patch[] = [];
  const patchOf = new Int32Array(parts.length);
  let region = 0;
  let key = '';
  let inside = new Map<Kind, number>();
  const put = (patch: Patch, part: AddressPart, at: number): void => {
    patch.cells += cells[at]!;
    patch.messages += part.messages;
    if (patch.last.text !== part.text || patch.sources === 0) patch.sources += 1;
    patch.last = part;
    if (part.messages > patch.head.messages) patch.head = part;
  };
  for (const [at, part] of parts.entries()) {
    const here = networkKey(part);
    if (here !== key) [key, region, inside] = [here, at, new Map()];
    let number = inside.get(part.kind);
    if (number === undefined) {
      number =
        patches.push({
          region,
          kind: part.kind,
          cells: 0,
          messages: 0,
          sources: 0,
          first: part,
          last: part,
          head: part,
        }) - 1;
      inside.set(part.kind, number);
    }
    patchOf[at] = number;
    put(patches[number]!, part, at);
  }
  if (patches.length <= mostPatches) return { patches, patchOf };
  // The least of the patches that stay as they are.
  const least = patches.map((patch) => patch.cells).sort((one, other) => other - one)[mostPatches - 1]!;
  const wide = new Map<string, number>();
  const merged: Patch[] = [];
  const numbers = new Map<number, number>();
  for (const [at, part] of parts.entries()) {
    const patch = patches[patchOf[at]!]!;
    if (patch.cells > least) {
      let number = numbers.get(patchOf[at]!);
      if (number === undefined) numbers.set(patchOf[at]!, (number = merged.push(patch) - 1));
      patchOf[at] = number;
      continue;
    }
    const network = networkOf(part.address, part.address.family === 4 ? 8 : 32);
    const called = `${formatAddress(network)}/${network.prefix}`;
    let number = wide.get(`${called} ${part.kind}`);
    if (number === undefined) {
      const start = {
        region: crowd,
        kind: part.kind,
        cells: 0,
        messages: 0,
        sources: 0,
        first: part,
        last: part,
        head: part,
      };
      number = merged.push({ ...start, called: words.say('map-others', { network: called }) }) - 1;
      wide.set(`${called} ${part.kind}`, number);
    }
    patchOf[at] = number;
    put(merged[number]!, part, at);
  }
  return { patches: merged, patchOf };
}

/** What a region is: a network by its number and name; where none is known, as much of the address as one holder may have. */
function networkKey({ network, address }: AddressPart): string {
  if (network !== undefined) return `${network.asn} ${network.name}`;
  const wide = networkOf(address, address.family === 4 ? 16 : 32);
  return `${wide.a} ${wide.b}`;
}

/** What a pointer held over a patch shows, four lines. */
function patchTitle(patch: Patch, words: Speech): Markup {
  const { first, last, head, kind } = patch;
  const newLine = trusted('\n');
  const network = patch.called ?? (head.network === undefined ? words.say('no-network') : networkText(head.network));
  const range = first.text === last.text ? first.text : `${first.text} – ${last.text}`;
  const count =
    patch.sources === 1
      ? words.say('streams-one-address')
      : words.say('streams-count-addresses', { count: words.integer(patch.sources) });
  const lines = [
    network,
    range,
    `${words.say(`kind-${kind}-long`)} · ${head.stream}`,
    `${count}, ${words.integer(patch.messages)} ${words.say('streams-messages')}`,
  ];
  return html`${lines.map((line, at) => html`${at === 0 ? '' : newLine}${line}`)}`;
}

/** Rectangles as the path that fills them: each begins where the last ended, which takes the fewest signs. */
function pathOf(found: readonly Rectangle[]): string {
  let [left, top] = [0, 0];
  return found
    .map(({ x, y, width, height }) => {
      const move = `m${x - left} ${y - top}`;
      [left, top] = [x, y + height];
      return `${move}h${width}v${height}h-${width}`;
    })
    .join('');
}

/** Lines between networks, where these are more than specks. */
function edges(side: number, regionOf: (cell: number) => number, patches: readonly Patch[]): string {
  const sizes = new Map<number, number>();
  for (const { region, cells } of patches) if (region !== crowd) sizes.set(region, (sizes.get(region) ?? 0) + cells);
  const least = (side * side) / 1500;
  const isEdge = (one: number, other: number): boolean =>
    one !== other && ((sizes.get(one) ?? 0) >= least || (sizes.get(other) ?? 0) >= least);
  let path = '';
  for (const upright of [false, true]) {
    for (let line = 1; line < side; line++) {
      let start = -1;
      for (let at = 0; at <= side; at++) {
        const [x, y] = upright ? [line, at] : [at, line];
        const before = upright ? y * side + x - 1 : (y - 1) * side + x;
        const edge = at < side && isEdge(regionOf(before), regionOf(y * side + x));
        if (edge && start === -1) start = at;
        if (!edge && start !== -1) {
          path += upright ? `M${line} ${start}V${at}` : `M${start} ${line}H${at}`;
          start = -1;
        }
      }
    }
  }
  return path;
}

/** The names of the networks that have room for one, a word or more a line. */
function names(side: number, regionOf: (cell: number) => number, parts: readonly AddressPart[]): Markup[] {
  const written: Markup[] = [];
  for (const [region, { x, y, width }] of largestSquares(side, regionOf)) {
    const name = safeText(parts[region]?.network?.name ?? '', 40);
    if (name === '' || width < side / 24) continue;
    const lines = linesOf(name);
    const longest = Math.max(...lines.map((line) => line.length));
    // Letters are about six tenths as wide as high; none is higher than a twenty-eighth of the picture, or too small to be read.
    const size = Math.min(side / 28, (width * 0.92) / (0.6 * longest), width / (1.2 * lines.length));
    if (size < side / 78) continue;
    const middle = Math.round(x + width / 2);
    const top = y + width / 2 - (lines.length / 2 - 0.82) * size * 1.1;
    written.push(
      html`<text font-size="${Math.round(size * 10) / 10}"
        >${lines.map((line, at) => html`<tspan x="${middle}" y="${Math.round((top + at * size * 1.1) * 10) / 10}">${line}</tspan>`)}</text
      >`,
    );
  }
  return written;
}

/** A name over two lines or three, where it has as many words. */
function linesOf(name: string): string[] {
  const wide = Math.max(8, Math.ceil(name.length / 3));
  const lines: string[] = [];
  for (const word of name.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= wide) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.length > 3 ? [...lines.slice(0, 2), lines.slice(2).join(' ')] : lines;
}
