/** The look of the streams and of the picture of addresses, beside that of the page. Kinds differ in lightness as well as in hue. */
export const streamsStyle = `
:root{--own:#1d5fa8;--third:#3fa7b5;--forwarder:#c9a227;--forged:#c0392b;--abused:#7d3c98;--undecided:#98a3b0}
@media(prefers-color-scheme:dark){:root{--own:#4f93dd;--third:#4cc0cf;--forwarder:#d8b545;--forged:#e8695b;--abused:#b07cd0;--undecided:#77828f}}
.m-own{fill:var(--own)}.m-third{fill:var(--third)}.m-forwarder{fill:var(--forwarder)}.m-forged{fill:var(--forged)}.m-abused{fill:var(--abused)}.m-undecided{fill:var(--undecided)}
.swatch.m-own{background:var(--own)}.swatch.m-third{background:var(--third)}.swatch.m-forwarder{background:var(--forwarder)}
.swatch.m-forged{background:var(--forged)}.swatch.m-abused{background:var(--abused)}.swatch.m-undecided{background:var(--undecided)}
.maps{display:grid;grid-template-columns:minmax(0,2fr) minmax(0,1fr);gap:18px 24px;align-items:start}
.map{margin:0 0 16px}.map svg{width:100%;height:auto;border-radius:6px}
.map path:not(.edges):hover{filter:brightness(1.25)}
.map .edges{fill:none;stroke:var(--paper);stroke-width:1;stroke-opacity:.75;vector-effect:non-scaling-stroke;pointer-events:none}
.map text{fill:#fff;text-anchor:middle;font-weight:650;pointer-events:none;paint-order:stroke;stroke:#0007;stroke-width:.18em;stroke-linejoin:round;shape-rendering:auto}
.map figcaption{color:var(--soft);font-size:.86rem;margin-top:6px}
.maps table{font-size:.86rem}.maps tbody th{min-width:0;font-weight:400}
.queue .open{fill:var(--dkimOnly)}
th.group{padding-top:18px;color:var(--ink);font-size:.95rem}
.reasons{margin:4px 0 6px;padding:0 0 0 1.1em;font-weight:400;font-size:.86rem}
.reasons .for::marker{content:"+ ";color:var(--good)}.reasons .against::marker{content:"– ";color:var(--warn)}
details p{font-weight:400;font-size:.88rem;margin:4px 0 8px;max-width:52em}
@media(max-width:760px){.maps{grid-template-columns:1fr}}
@media print{.map path{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`;
