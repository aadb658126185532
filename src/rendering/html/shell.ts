import type { Speech } from '../speech.ts';
import { html, trusted } from './markup.ts';
import type { Markup } from './markup.ts';
import { styleSheet } from './style-sheet.ts';

/** Styles of the page itself and nothing else: should a text of a stranger ever get out of its quotes, it can do nothing here. */
const contentPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** What stands around the sections of a page. */
export interface Shell {
  readonly title: string;
  /** The schema of the answer that it shows. */
  readonly schema: string;
  /** What only this page has, beside the style that it shares with the others. */
  readonly styles?: string;
  readonly body: readonly Markup[];
  readonly footer: string;
}

/** A page that needs nothing else: no script, no font, no picture from elsewhere. */
export function wholePage({ title, schema, styles = '', body, footer }: Shell, words: Speech): string {
  return html`<!doctype html>
    <html lang="${words.language}">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${trusted(contentPolicy)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="generator" content="Zegel ${schema}" />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <style>
          ${trusted(styleSheet + styles)}
        </style>
      </head>
      <body>
        <main>
          ${body}
          <footer><p>${footer}</p></footer>
        </main>
      </body>
    </html> `.text;
}
