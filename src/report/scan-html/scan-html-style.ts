import { dependencyGroups } from './dependency-groups.js';

const LIGHT = `
  --paper: #fdfdfc; --ink: #1b1d1f; --quiet: #595e64; --line: #dededa; --edge: #85898d; --well: #f4f4f1;
  --accent: #1d4f91; --error: #b0271d; --warning: #845400; --note: #4b5866; --marked: #ffe694;`;

const DARK = `
  --paper: #15171a; --ink: #e8e8e6; --quiet: #a2a6ac; --line: #2f3338; --edge: #6f757d; --well: #1d2024;
  --accent: #8fb8f6; --error: #ff8f85; --warning: #e3b457; --note: #a9b6c4; --marked: #57450f;`;

const COLUMNS = dependencyGroups.map((_, index) => `.columns-${index + 1} { --columns: ${index + 1}; }`).join(' ');

/** The page's looks. Colours keep a contrast of 4.5 on `--paper` and `--well`; severities differ in shape as well. */
export const scanHtmlStyle = `
:root {
  color-scheme: light;
  ${LIGHT}
  --code: ui-monospace, "SF Mono", SFMono-Regular, Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) { :root:not([data-theme="light"]) { color-scheme: dark; ${DARK} } }
:root[data-theme="dark"] { color-scheme: dark; ${DARK} }

* { box-sizing: border-box; }
html { font: 15px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; -webkit-text-size-adjust: 100%; scroll-padding-top: 3rem; }
body { margin: 0 auto; padding: 1.5rem 2rem 4rem; max-width: 76rem; background: var(--paper); color: var(--ink); overflow-wrap: anywhere; }
h1, h2, h3, h4, p, dl, dd, ul, pre { margin: 0; }
h1 { font-size: 2rem; line-height: 1.2; font-weight: 650; letter-spacing: -0.02em; max-width: 34em; text-wrap: balance; display: flex; }
h2 { font-size: 1.2rem; line-height: 1.3; font-weight: 650; margin: 3rem 0 .75rem; letter-spacing: -0.01em; }
h3 { font-size: 1rem; font-weight: 650; }
h4 { font-size: 1rem; font-weight: 600; }
small { font-size: .867rem; font-weight: 400; color: var(--quiet); }
code, pre, .place { font: .867em/1.55 var(--code); }
a { color: var(--accent); text-underline-offset: .15em; text-decoration-thickness: 1px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
[tabindex="-1"]:focus { outline: none; }
button, input, select { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--edge); border-radius: 3px; padding: .25rem .6rem; min-height: 2.1rem; max-width: 100%; }
button { cursor: pointer; }
button:hover, select:hover, input:hover { border-color: var(--ink); }
::placeholder { color: var(--quiet); opacity: 1; }
button[aria-pressed="true"] { border-color: var(--ink); box-shadow: inset 0 0 0 1px var(--ink); }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--paper); padding: .25rem .5rem; }
html:not(.js) .script, html:not(.js) #theme, [hidden] { display: none !important; }
.error { color: var(--error); } .warning { color: var(--warning); } .note { color: var(--note); }

.mark { display: inline-block; width: .72em; height: .72em; margin-right: .4em; background: currentColor; forced-color-adjust: none; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.mark.error { clip-path: polygon(50% 0, 100% 50%, 50% 100%, 0 50%); }
.mark.warning { clip-path: polygon(50% 4%, 100% 96%, 0 96%); }
.mark.note { clip-path: circle(42%); }
.mark.error.possible { clip-path: polygon(evenodd, 50% 0, 100% 50%, 50% 100%, 0 50%, 50% 0, 50% 24%, 76% 50%, 50% 76%, 24% 50%, 50% 24%); }
.mark.warning.possible { clip-path: polygon(evenodd, 50% 4%, 100% 96%, 0 96%, 50% 4%, 50% 38%, 72% 80%, 28% 80%, 50% 38%); }
.mark.note.possible { clip-path: none; background: none; border: .15em solid; border-radius: 50%; }

.top { display: flex; justify-content: space-between; align-items: center; gap: 1rem; margin-bottom: 2rem; color: var(--quiet); }
h1 .mark { width: .6em; height: .6em; margin-right: .4em; }
.lead { margin-top: .5rem; font-size: 1.1rem; }
.facts, .meta { color: var(--quiet); }
.facts { margin-top: .5rem; }
.facts span:not(:last-child)::after { content: " · "; white-space: pre; }
.totals { display: flex; flex-wrap: wrap; gap: .75rem 2.25rem; margin-top: 1.75rem; padding-top: .9rem; border-top: 1px solid var(--line); }
.totals div { display: flex; flex-direction: column-reverse; min-width: 4.5rem; }
.totals dt { font-size: .867rem; color: var(--quiet); }
.totals dd { font-size: 1.5rem; line-height: 1.25; font-variant-numeric: tabular-nums; }
.gap { margin-top: 1.25rem; padding: .5rem .9rem; background: var(--well); border-left: 3px solid var(--quiet); }

.legend { display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; margin-bottom: .6rem; font-size: .867rem; color: var(--quiet); }
.legend .mark.error { color: var(--error); } .legend .mark.warning { color: var(--warning); } .legend .mark.note { color: var(--note); }
.scroll { overflow: auto; max-height: min(36rem, 80vh); border: solid var(--line); border-width: 1px 0; position: relative; }
${COLUMNS}
table, thead, tbody { display: block; }
table { min-width: calc(17rem + var(--columns) * 6.8rem); }
/* Rows that lay themselves out: a table of thousands would be measured as a whole before anything is seen. */
tr { display: flex; font-size: .933rem; }
/* Lines at the top: the next row's heading, which stays in sight, would cover one at the bottom. */
tbody tr, tbody th { box-shadow: inset 0 1px var(--line); }
tbody tr { content-visibility: auto; contain-intrinsic-size: auto 3rem; }
th { flex: 1 0 17rem; max-width: 34rem; margin-right: auto; padding: .3rem .75rem .3rem 0; text-align: left; font-weight: 400; }
td, thead th:not(:first-child) { flex: 0 0 6.8rem; padding: 0; margin: 0; display: flex; }
th:first-child { position: sticky; left: 0; z-index: 1; background: var(--paper); }
thead { position: sticky; top: 0; z-index: 2; background: var(--paper); color: var(--quiet); }
thead tr { align-items: end; border-bottom: 1px solid var(--line); margin-bottom: -1px; font-size: .867rem; line-height: 1.3; }
thead th:not(:first-child) { padding: .3rem .5rem; overflow-wrap: normal; }
tbody th a { color: inherit; text-decoration: none; }
tbody th a:hover { text-decoration: underline; }
.file { display: block; font: .8rem/1.4 var(--code); }
td a { flex: 1; padding: .3rem .5rem; align-content: center; text-decoration: none; font-variant-numeric: tabular-nums; }
td a:hover { background: var(--well); }
td a[aria-current="true"] { box-shadow: inset 0 0 0 2px var(--accent); }
td a.suppressed { color: var(--quiet); }
td a.suppressed .mark { opacity: .45; }
tbody tr:hover th { background: var(--well); }

#filters { display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: end; padding-bottom: .9rem; }
#filters label > span { display: block; font-size: .8rem; color: var(--quiet); }
#filters .search { flex: 1 1 18rem; }
#filters .search input { width: 100%; }
#filters [role="group"] { display: flex; flex-wrap: wrap; gap: .4rem; }
#filters button span { margin-left: .3em; color: var(--quiet); font-variant-numeric: tabular-nums; }
#filters button .mark.error { color: var(--error); } #filters button .mark.warning { color: var(--warning); } #filters button .mark.note { color: var(--note); }
.selects { display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: end; flex-basis: 100%; }
.selects label:not(.check) { flex: 1 1 8rem; max-width: 14rem; }
.selects select { width: 100%; }
#filters .check { display: flex; align-items: center; gap: .45rem; min-height: 2.1rem; }
.check input { min-height: 0; width: 1rem; height: 1rem; margin: 0; accent-color: var(--accent); }
#shown { display: flex; flex-wrap: wrap; gap: .4rem 1rem; align-items: center; min-height: 2.6rem; color: var(--quiet); position: sticky; top: 0; z-index: 1; background: var(--paper); }

.subject { content-visibility: auto; contain-intrinsic-size: auto 22rem; padding: 1.25rem 0 .5rem; border-top: 1px solid var(--line); }
.subject h3 .file, .subject h3 .file code { font-weight: 400; }
.finding { margin-top: 1rem; padding-left: 1.1rem; border-left: 1px solid transparent; }
.finding:target { border-left-color: var(--accent); }
.finding > * + * { margin-top: .35rem; }
.finding h4 { margin-left: -1.1rem; }
.finding h4 b { margin-right: .35em; font-weight: 600; }
.finding .mark.error { color: var(--error); } .finding .mark.warning { color: var(--warning); } .finding .mark.note { color: var(--note); }
.finding > p { max-width: 48rem; }
.finding .meta { font-size: .867rem; max-width: none; }
.meta code, .meta .place { font-size: .95em; }
.meta a { color: inherit; }
.tag { font-weight: 600; color: var(--ink); }
.suppressed > h4 { color: var(--quiet); }
.suppressed > h4 .mark { opacity: .5; }
.suppressed > h4 b { color: inherit; }
.reason { font-style: italic; color: var(--quiet); }
pre { background: var(--well); padding: .4rem 0; white-space: pre-wrap; tab-size: 4; border-radius: 3px; }
pre span { display: block; min-height: 1.55em; padding: 0 .9rem 0 4.2rem; color: var(--quiet); }
pre span::before { content: attr(data-n); float: left; width: 2.8rem; margin-left: -3.6rem; text-align: right; }
pre span:not([data-n]) { padding-left: .9rem; }
pre span:not([data-n])::before { content: none; }
pre .hit { color: var(--ink); }
mark { background: var(--marked); color: inherit; border-radius: 2px; box-decoration-break: clone; -webkit-box-decoration-break: clone; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.fix { display: grid; grid-template-columns: auto auto auto; justify-content: start; gap: 0 .7rem; align-items: start; max-width: 52rem; }
.fix b { font-weight: 600; }
.copy { min-height: 1.6rem; padding: 0 .5rem; font-size: .8rem; color: var(--quiet); }
.why p { max-width: 48rem; margin-top: .35rem; }
.why ul { margin-top: .35rem; padding-left: 1.1rem; font-size: .867rem; }
details { font-size: .933rem; }
summary { cursor: pointer; width: fit-content; color: var(--quiet); }
summary:hover { color: var(--ink); }
details[open] > .why { padding: 0 0 .4rem 1rem; }

#gaps ul { padding-left: 1.1rem; max-width: 60rem; }
#gaps h3 { margin: .9rem 0 .25rem; }
.rule { padding: .75rem 0; border-top: 1px solid var(--line); }
.rule small { margin-left: .5em; font-family: var(--code); }

@media (max-width: 40rem) {
  body { padding: 1rem 1rem 3rem; }
  h1 { font-size: 1.55rem; }
  h2 { margin-top: 2.25rem; }
  .top { margin-bottom: 1.25rem; }
  .totals { display: grid; grid-template-columns: repeat(3, 1fr); gap: .75rem 1rem; }
  .scroll { margin: 0 -1rem; padding-left: 1rem; }
  table { min-width: calc(10rem + var(--columns) * 5.6rem); }
  th { flex-basis: 10rem; }
  td, thead th:not(:first-child) { flex-basis: 5.6rem; }
  .selects { display: grid; grid-template-columns: 1fr 1fr; gap: .6rem; }
  .selects label:not(.check) { max-width: none; }
  .fix { grid-template-columns: 1fr auto; justify-content: stretch; }
  #filters [role="group"] { flex-wrap: nowrap; font-size: .9rem; }
  #filters [role="group"] button { padding: .25rem .45rem; }
  .fix p { grid-column: 1 / -1; grid-row: 2; }
  pre span { padding: 0 .6rem 0 2.9rem; }
  pre span::before { width: 2rem; margin-left: -2.5rem; }
}
@media print {
  :root:root { color-scheme: light; ${LIGHT} }
  html { font-size: 10pt; }
  body { max-width: none; padding: 0; }
  #filters, #clear, #theme, .copy, .skip, .finding details { display: none !important; }
  #shown { position: static; }
  .scroll { max-height: none; overflow: visible; }
  table { min-width: 0; }
  th { flex-basis: 12rem; position: static !important; }
  td, thead th:not(:first-child) { flex-basis: 4.6rem; font-size: 8pt; }
  thead { position: static; }
  tbody tr { content-visibility: visible; }
  .subject { content-visibility: visible; }
  .finding, .rule, tr { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
}
`;
