/** The look of a page: light and dark, wide and narrow, screen and paper. Nothing is fetched: fonts are the reader's own. */
export const styleSheet = `
:root{color-scheme:light dark;--paper:#fff;--ground:#f4f6f9;--ink:#17202c;--soft:#5b6878;--line:#dde3ea;--accent:#1d4f91;
--both:#1d5fa8;--dkimOnly:#5a97d3;--spfOnly:#a8cbec;--neither:#cb4335;--open:#e9a79f;--track:#edf0f4;--good:#1e7d4f;--warn:#9a6200;--bad:#b83227}
@media(prefers-color-scheme:dark){:root{--paper:#171c24;--ground:#0f1319;--ink:#e7ecf2;--soft:#9aa7b6;--line:#2c3540;--accent:#8ab8f0;
--both:#4f93dd;--dkimOnly:#2f6cab;--spfOnly:#24486e;--neither:#e8695b;--open:#7d3a33;--track:#232b35;--good:#5cc593;--warn:#e0a845;--bad:#f08579}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","DejaVu Sans",sans-serif;font-variant-numeric:tabular-nums}
main{max-width:1120px;margin:0 auto;padding:28px 20px 60px}
header{padding:12px 4px 20px}
h1{font-size:1rem;font-weight:600;margin:0;color:var(--accent);letter-spacing:.01em;overflow-wrap:anywhere}
.when{color:var(--soft);margin:0 0 18px}
.lead{font-size:clamp(1.35rem,3.4vw,2.1rem);line-height:1.22;font-weight:680;letter-spacing:-.015em;margin:0 0 10px;text-wrap:balance;max-width:32em}
.second{font-size:1.1rem;color:var(--ink);margin:0;max-width:46em}
section{background:var(--paper);border:1px solid var(--line);border-radius:12px;padding:22px 24px;margin:18px 0;break-inside:auto}
h2{font-size:1.18rem;margin:0 0 4px;letter-spacing:-.01em}
h3{font-size:1rem;margin:22px 0 6px}
.about{color:var(--soft);margin:0 0 14px;max-width:62em}
.caveat{border-left:3px solid var(--warn);padding:2px 0 2px 12px;margin:14px 0;max-width:62em}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;margin:20px 0 0;padding:0}
.tiles div{background:var(--paper);border:1px solid var(--line);border-radius:12px;padding:14px 16px;display:flex;flex-direction:column-reverse;justify-content:flex-end}
.tiles dt{color:var(--soft);font-size:.86rem}
.tiles dd{margin:0;font-size:1.55rem;font-weight:650;letter-spacing:-.02em;line-height:1.2}
.two{display:grid;grid-template-columns:1fr 1fr;gap:0 36px}
svg{display:block}
.k-both{fill:var(--both)}.k-dkimOnly{fill:var(--dkimOnly)}.k-spfOnly{fill:var(--spfOnly)}.k-neither{fill:var(--neither)}
.open{fill:var(--open)}.track{fill:var(--track)}.missing{fill:var(--soft);opacity:.22}.touch{fill:transparent}.touch:hover{fill:var(--ink);opacity:.12}
.stack{width:100%;height:22px;border-radius:5px;margin:14px 0 4px}
.share{width:100%;min-width:70px;height:9px;border-radius:3px}
.spark{width:92px;height:20px}.spark path{fill:var(--both)}
.chart{position:relative;padding:6px 0 24px 46px;margin:10px 0 4px}
.chart svg{width:100%;height:240px;overflow:visible}
.chart .grid line{stroke:var(--line);stroke-width:1;vector-effect:non-scaling-stroke}
.chart .y{position:absolute;left:0;top:6px;bottom:24px;width:40px}
.chart .y span{position:absolute;right:0;transform:translateY(50%);font-size:.78rem;color:var(--soft)}
.chart .x{position:absolute;left:46px;right:0;bottom:0;height:20px}
.chart .x span{position:absolute;font-size:.78rem;color:var(--soft);white-space:nowrap}
.swatch{display:inline-block;width:.8em;height:.8em;border-radius:2px;margin-right:.5em;vertical-align:-.05em}
.swatch.both{background:var(--both)}.swatch.dkimOnly{background:var(--dkimOnly)}.swatch.spfOnly{background:var(--spfOnly)}.swatch.neither{background:var(--neither)}
.legend{display:flex;flex-wrap:wrap;gap:4px 20px;margin:0;padding:0;list-style:none;font-size:.9rem}
.scroll{overflow-x:auto;margin:0 -6px;padding:0 6px}
table{border-collapse:collapse;width:100%;font-size:.92rem}
th,td{text-align:left;padding:7px 10px 7px 0;border-bottom:1px solid var(--line);vertical-align:top}
th:last-child,td:last-child{padding-right:0}
thead th{font-weight:550;color:var(--soft);font-size:.82rem;white-space:nowrap;border-bottom-width:2px}
tbody tr:last-child>*{border-bottom:0}
th.n,td.n{text-align:right;white-space:nowrap}
tbody th{font-weight:600;overflow-wrap:anywhere;min-width:11em}
td.bar{width:26%;min-width:90px;padding-top:13px}
.sub{display:block;color:var(--soft);font-weight:400;font-size:.84rem;overflow-wrap:anywhere}
.good{color:var(--good)}.warn{color:var(--warn)}.bad{color:var(--bad)}
.nowrap{white-space:nowrap}
code,.id{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.84rem}
.id{color:var(--soft);font-weight:400}
code{background:var(--ground);border:1px solid var(--line);border-radius:5px;padding:1px 6px;overflow-wrap:anywhere}
details{margin:10px 0 0}
td details{margin:3px 0 0}
summary{cursor:pointer;color:var(--accent);font-size:.88rem;width:fit-content}
details table{font-size:.84rem;margin-top:6px}
ol.next{list-style:none;margin:0;padding:0;counter-reset:next}
ol.next li{counter-increment:next;display:grid;grid-template-columns:2.4em 1fr 9.5em;gap:2px 14px;padding:14px 0;border-bottom:1px solid var(--line);break-inside:avoid}
ol.next li:last-child{border-bottom:0}
ol.next li::before{content:counter(next);grid-row:1/5;width:2em;height:2em;border-radius:50%;background:var(--accent);color:var(--paper);display:grid;place-content:center;font-weight:650;font-size:.95rem}
ol.next .name{font-weight:650;overflow-wrap:anywhere}
ol.next .figures{text-align:right;grid-row:1/4;grid-column:3}
ol.next .figures b{font-size:1.25rem;letter-spacing:-.01em}
ol.next .figures svg{margin:6px 0 2px}
ol.next p{margin:2px 0 6px;grid-column:2}
ol.next .cmd{grid-column:2}
footer{color:var(--soft);font-size:.86rem;padding:8px 4px}
@media(max-width:760px){main{padding:14px 12px 40px}section{padding:16px 14px;border-radius:10px}.two{grid-template-columns:1fr}
.wide{display:none}.chart svg{height:180px}.chart .x .minor{display:none}.tiles{grid-template-columns:1fr 1fr}.tiles dd{font-size:1.25rem}
tbody th{min-width:8.5em}ol.next li{grid-template-columns:2.2em 1fr;gap:2px 10px}ol.next .figures{grid-column:2;grid-row:auto;text-align:left}ol.next li::before{grid-row:1/6}}
@media print{:root{--paper:#fff;--ground:#fff;--ink:#000;--soft:#444;--line:#bbb}body{font-size:10.5pt}main{max-width:none;padding:0}
section{border:0;border-top:1px solid var(--line);border-radius:0;padding:12px 0}tr,.chart,.tiles{break-inside:avoid}h2,h3{break-after:avoid}
svg,.swatch,ol.next li::before{print-color-adjust:exact;-webkit-print-color-adjust:exact}.scroll{overflow:visible}details:not([open]){display:none}}
`;
