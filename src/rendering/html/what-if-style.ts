/** What the page of a what-if has beside the style that pages share. */
export const whatIfStyle = `
:root{--delivered:#1d5fa8;--quarantined:#e3ab4d;--rejected:#b83227}
@media(prefers-color-scheme:dark){:root{--delivered:#4f93dd;--quarantined:#b98327;--rejected:#d05a4d}}
.lead.good,.lead.warn,.lead.bad{max-width:30em}
.diff{margin:10px 0 0;padding:0;list-style:none}.diff li+li{margin-top:14px}
.diff .name{font-weight:650;overflow-wrap:anywhere}
.diff code{display:block;padding:6px 10px 6px 28px;position:relative;border-radius:6px;line-height:1.5;border:1px solid var(--line)}
.diff code+code{margin-top:4px}.diff code::before{position:absolute;left:10px;font-weight:700}
.diff .minus::before{content:"\\2212";color:var(--bad)}.diff .plus::before{content:"+";color:var(--good)}
.diff .minus{border-left:3px solid var(--bad)}.diff .plus{border-left:3px solid var(--good)}
ul.said{margin:6px 0 0;padding:0;list-style:none;max-width:62em}ul.said li{margin:6px 0;padding-left:12px;border-left:3px solid var(--line)}
ul.said .bad{border-color:var(--bad)}ul.said .warn{border-color:var(--warn)}ul.said .good{border-color:var(--good)}ul.said .bad,ul.said .warn,ul.said .good{color:var(--ink)}ul.said .dim{color:var(--soft)}
.fates{margin:16px 0 0}.fates h3{margin:18px 0 4px}.fates h3 .sub{display:inline;margin-left:.6em}
.fate{display:grid;grid-template-columns:9em 1fr;gap:6px 12px;align-items:center;font-size:.9rem}.fate .of{color:var(--soft)}
.fate svg{width:100%;height:18px;border-radius:4px}
.k-delivered{fill:var(--delivered)}.k-quarantined{fill:var(--quarantined)}.k-rejected{fill:var(--rejected)}
.swatch.delivered{background:var(--delivered)}.swatch.quarantined{background:var(--quarantined)}.swatch.rejected{background:var(--rejected)}
dl.counted{margin:8px 0 0;display:grid;grid-template-columns:max-content 1fr;gap:8px 16px;max-width:66em}.counted dt{font-weight:650;text-align:right}.counted dd{margin:0;overflow-wrap:anywhere}
@media(max-width:760px){.fate{grid-template-columns:1fr;gap:2px}.fate .of{margin-top:6px}.stream tbody th{min-width:7em}.legs th:nth-child(2),.legs td:nth-child(2){display:none}}
`;
