import { kinds, queueOf, reachOf } from '../../protection/inventory/index.ts';
import type { AddressSpace, MailStream, QueueItem, StreamsOverview } from '../../protection/inventory/index.ts';
import { dayText } from '../../protection/assessment/index.ts';
import { safeText } from '../safe-text.ts';
import type { Speech } from '../speech.ts';
import {
  domainsText,
  legSums,
  nextText,
  partOf,
  purposeText,
  questionText,
  queueCommand,
  reachText,
  reasonText,
  speaksFor,
  sureText,
} from '../stream-phrases.ts';
import { addressMap } from './address-map.ts';
import { shareBar } from './charts.ts';
import { html, trusted } from './markup.ts';
import type { Markup } from './markup.ts';
import { dataTable, shareOf, toneOf } from './parts.ts';

/** The streams of an organisation, and all its sources. */
export interface PageInventory {
  readonly overview: StreamsOverview;
  readonly space: AddressSpace;
}

/** How many streams of a kind are listed, and how many places of the queue. */
const listed = 80;
const waiting = 20;

/** What to decide next, the streams, and the picture of all addresses. */
export function streamSections({ overview, space }: PageInventory, words: Speech, command: string): Markup {
  if (overview.streams.length === 0) return trusted('');
  return html`${queueSection(overview, words, command)}${mapSection(overview, space, words)}${streamsSection(
    overview,
    words,
    command,
  )}`;
}

function queueSection(overview: StreamsOverview, words: Speech, command: string): Markup {
  const queue = queueOf(overview);
  const item = (place: QueueItem, at: number): Markup => {
    const { stream } = place;
    const before = at === 0 ? 0 : queue[at - 1]!.messagesSettled;
    const question = questionText(stream, words);
    return html`<li>
      <div class="name">
        <span class="swatch m-${stream.kind}"></span>${safeText(stream.name, 200)}<span class="sub"
          >${words.say('queue-proposed', { kind: words.say(`kind-${stream.kind}-long`), sure: sureText(stream, words) })}</span
        >
      </div>
      <div class="figures">
        <b>${words.percent(place.messagesSettled, 0)}</b
        >${shareBar(Math.max(0, place.messagesSettled - before), { before, kind: 'both' })}<span class="sub"
          >${words.integer(place.open)} ${words.say('streams-messages')}</span
        >
      </div>
      <p>${question === '' ? reasonsLine(stream, words) : question}</p>
      <div class="cmd"><code>${queueCommand(place, command)}</code></div>
    </li>`;
  };
  return html`<section>
    <h2>${words.say('queue-title')}</h2>
    <p class="about">${reachText(reachOf(overview), words)}</p>
    <ol class="next queue">
      ${queue.slice(0, waiting).map(item)}
    </ol>
    ${
      queue.length > waiting
        ? html`<p class="about">
            ${words.say('queue-all', { count: words.integer(queue.length), command: `${command} streams --queue --all` })}
          </p>`
        : ''
    }
  </section>`;
}

/** The two weightiest reasons for it. */
function reasonsLine(stream: MailStream, words: Speech): string {
  const text = stream.reasons
    .filter((reason) => speaksFor(stream, reason))
    .slice(0, 2)
    .map((reason) => reasonText(reason, words))
    .join('; ');
  return text === '' ? '' : `${text[0]!.toUpperCase()}${text.slice(1)}.`;
}

function mapSection(overview: StreamsOverview, space: AddressSpace, words: Speech): Markup {
  if (space.v4.length + space.v6.length === 0) return trusted('');
  const legend = dataTable(
    [words.say('streams-kind'), words.say('streams-addresses'), words.say('streams-short-messages')],
    overview.tallies.map(({ kind, sources, messages }) => [
      html`<span class="swatch m-${kind}"></span>${words.say(`kind-${kind}-long`)}`,
      words.integer(sources),
      words.short(messages),
    ]),
    1,
  );
  return html`<section>
    <h2>${words.say('map-title')}</h2>
    <p class="about">${words.say('map-about')}</p>
    ${addressMap(space, words, legend)}
  </section>`;
}

function streamsSection(overview: StreamsOverview, words: Speech, command: string): Markup {
  const { streams, period } = overview;
  const title = words.say('streams-title', {
    streams: words.integer(streams.length),
    sources: words.integer(overview.sources),
    messages: words.integer(overview.messages),
    from: dayText(period.first),
    to: dayText(period.last),
  });
  const bodies = kinds.map((kind) => {
    const all = streams.filter((stream) => stream.kind === kind);
    if (all.length === 0) return trusted('');
    const more =
      all.length > listed
        ? html`<tr>
            <td colspan="8">
              ${words.say('more-command', { count: words.integer(all.length - listed), command: `${command} streams --kind ${kind} --all` })}
            </td>
          </tr>`
        : trusted('');
    return html`<tbody>
      <tr>
        <th class="group" colspan="8" scope="colgroup">
          <span class="swatch m-${kind}"></span>${words.say(`kind-${kind}-long`)}
        </th>
      </tr>
      ${all.slice(0, listed).map((stream) => streamRow(stream, period.last, words))}${more}
    </tbody>`;
  });
  return html`<section>
    <h2>${words.say('streams-heading')}</h2>
    <p class="about">${title}</p>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">${words.say('streams-stream')}</th>
            <th class="n wide" scope="col">${words.say('streams-sure')}</th>
            <th class="n" scope="col">${words.say('streams-messages')}</th>
            <th class="n" scope="col">DKIM</th>
            <th class="n" scope="col">SPF</th>
            <th class="n wide" scope="col">${words.say('streams-both')}</th>
            <th scope="col">${words.say('streams-decision')}</th>
            <th class="wide" scope="col">${words.say('stream-rhythm')}</th>
          </tr>
        </thead>
        ${bodies}
      </table>
    </div>
  </section>`;
}

const tones: Readonly<Record<MailStream['decision'], string>> = {
  authorised: 'good',
  forbidden: 'bad',
  forwarder: 'warn',
  undecided: '',
};

function streamRow(stream: MailStream, last: number, words: Speech): Markup {
  const { dkim, spf, both } = legSums(stream);
  const leg = (part: number, where = ''): Markup =>
    html`<td class="n ${where} ${toneOf(shareOf(part, stream.messages))}">${partOf(stream, part, words)}</td>`;
  const sub = [
    stream.party ?? '',
    purposeText(stream, words),
    domainsText(stream, words),
    stream.sources === 1
      ? words.say('streams-one-address')
      : words.say('streams-count-addresses', { count: words.integer(stream.sources) }),
  ]
    .filter((part) => part !== '')
    .map((part) => safeText(part, 200))
    .join(' · ');
  const next = nextText(stream, last, words);
  const question = questionText(stream, words);
  return html`<tr>
    <th scope="row">
      ${safeText(stream.name, 200)} <span class="id">${stream.id}</span><span class="sub">${sub}</span>
      <details>
        <summary>
          ${words.say('stream-why', { kind: words.say(`kind-${stream.kind}-long`), sure: sureText(stream, words) })}
        </summary>
        <ul class="reasons">
          ${stream.reasons.map(
            (reason) =>
              html`<li class="${stream.kind === 'undecided' ? '' : speaksFor(stream, reason) ? 'for' : 'against'}">
                ${reasonText(reason, words)}${stream.kind === 'undecided' ? ` → ${words.say(`kind-${reason.for}`)}` : ''}
                <span class="id">${words.integer(reason.messages)}, ${words.say(`origin-${reason.origin}`)}</span>
              </li>`,
          )}
        </ul>
        ${question === '' ? '' : html`<p>${question}</p>`}
      </details>
    </th>
    <td class="n wide">${sureText(stream, words)}</td>
    <td class="n">${words.integer(stream.messages)}</td>
    ${leg(dkim)}${leg(spf)}${leg(both, 'wide')}
    <td class="${tones[stream.decision]}">
      ${stream.decision === 'undecided' ? '–' : words.say(`verdict-${stream.decision}`)}
    </td>
    <td class="wide">
      ${words.say(`rhythm-${stream.rhythm.every}`)}${next === '' ? '' : html`<span class="sub nowrap">${next}</span>`}
    </td>
  </tr> `;
}
