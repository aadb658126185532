/** What the page of the ladder has beside the style that pages share. */
export const ladderStyle = `
:root{--r-no-record:#d5c9c7;--r-none:#c3cad3;--r-quarantine-soft:#b9d4ee;--r-quarantine:#2f74b8;--r-reject-soft:#a3d4b8;--r-reject:#1e7d4f}
@media(prefers-color-scheme:dark){:root{--r-no-record:#5d4b49;--r-none:#4a5563;--r-quarantine-soft:#27496d;--r-quarantine:#3f7fc0;--r-reject-soft:#2f7152;--r-reject:#4fb585}}
.rungs{display:flex;gap:2px;height:46px;margin:14px 0 12px;border-radius:7px;overflow:hidden}
.rungs span{display:grid;place-content:center;min-width:1.9em;font-weight:650;overflow:hidden}
.rungs .r-quarantine,.rungs .r-reject{color:var(--paper)}
.r-no-record{background:var(--r-no-record)}.r-none{background:var(--r-none)}.r-quarantine-soft{background:var(--r-quarantine-soft)}.r-quarantine{background:var(--r-quarantine)}.r-reject-soft{background:var(--r-reject-soft)}.r-reject{background:var(--r-reject)}
.second+.second{margin-top:8px}
.legend b{font-weight:650}
.chart .ahead{fill:var(--open);opacity:.38}.chart .mark{stroke:var(--neither);stroke-width:2;vector-effect:non-scaling-stroke}
.chart .mark.earliest{stroke:var(--good);stroke-dasharray:5 4}.chart .now{stroke:var(--soft);stroke-width:1;vector-effect:non-scaling-stroke}
.chart .bars{fill:var(--both)}.chart.burn svg{height:190px}
.swatch.bars{background:var(--both)}.swatch.ahead{background:var(--open)}.swatch.likely{background:var(--neither);width:3px;height:1em}.swatch.earliest{background:var(--good);width:3px;height:1em}
.ladder details p{font-weight:400;margin:4px 0 6px;max-width:60em}.ladder h4{font-size:.86rem;margin:10px 0 2px}
.reasons{margin:2px 0 6px;padding:0 0 0 1.1em;font-weight:400;font-size:.88rem;max-width:62em}.reasons li{margin:2px 0;overflow-wrap:anywhere}.reasons li{color:var(--ink)}.reasons .bad::marker{color:var(--bad)}.reasons .warn::marker{color:var(--warn)}
.ladder tr.why td,.ladder tr.why th{border-top:0}.ladder tbody.domain tr:first-child>*{border-bottom:0;padding-bottom:0}.ladder tbody.domain tr.why>*{border-bottom:1px solid var(--line);padding-top:0;font-weight:400}
.ladder tbody.domain th{min-width:16em}.ladder td:nth-child(2) .sub{white-space:nowrap}.ladder tbody.domain:last-child tr.why>*{border-bottom:0}
th.group{padding-top:18px;color:var(--ink);font-size:.95rem}.tasks tbody+tbody th.group{padding-top:24px}
.tasks .do{font-weight:650;white-space:nowrap}
ul.plain{margin:4px 0 0;padding-left:1.2em;max-width:62em}ul.plain li{margin:4px 0}
@media(max-width:760px){.rungs{height:38px}.rungs span{min-width:1.5em;font-size:.86rem}.ladder tr{display:grid;grid-template-columns:1.1fr 1.2fr}.ladder tr>:first-child{grid-column:1/-1}.ladder thead th:first-child{display:none}.ladder tbody.domain tr:first-child th{padding-bottom:0}.ladder tbody.domain tr:first-child td{padding-top:3px}.tasks tr{display:flex;flex-direction:column}.tasks tbody th{min-width:0}.tasks td.do{order:-1;border-bottom:0;padding-bottom:0;color:var(--accent);font-size:.86rem}.tasks tbody th[scope=row]{padding-top:0}.tasks thead{display:none}.tasks .wide{display:none}.chart.burn svg{height:150px}}
@media print{.rungs span{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`;
