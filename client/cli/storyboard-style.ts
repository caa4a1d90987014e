/** The style of a storyboard page: one column on a screen, and no beat split over two sheets on paper. */
export const pageStyle = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 52rem; padding: 2rem 1.25rem; background: #fff; color: #1b1b1f;
  font: 15px/1.5 system-ui, "Segoe UI", "Noto Sans", "Noto Sans CJK JP", "Noto Sans Arabic", sans-serif; overflow-wrap: anywhere; }
h1 { margin: 0; font-size: 1.7rem; line-height: 1.2; }
h2 { margin: 0; font-size: 1.1rem; }
p { margin: .25rem 0; }
.summary, .when { color: #5b5b66; }
.logline { margin: .75rem 0; font-size: 1.1rem; font-style: italic; }
dl { display: grid; grid-template-columns: 6rem 1fr; gap: .2rem .75rem; margin: .6rem 0; }
dt { color: #5b5b66; }
dd { margin: 0; }
svg { display: block; width: 100%; margin: 1rem 0; }
svg rect { fill: #e8eaf6; stroke: #fff; stroke-width: 2; }
svg text { fill: #33336b; font-size: 14px; }
section { border-top: 2px solid #d8d8e2; padding: .9rem 0; break-inside: avoid; }
.number { display: inline-block; min-width: 1.7em; padding: 0 .4em; border-radius: .3em; background: #33336b; color: #fff; text-align: center; }
table { width: 100%; margin: 1rem 0; border-collapse: collapse; break-inside: avoid; }
th, td { padding: .3rem .5rem; border-bottom: 1px solid #d8d8e2; text-align: left; }
th:nth-child(n+3), td:nth-child(n+3), .total td:last-child { text-align: right; font-variant-numeric: tabular-nums; }
.total td { border-bottom: 0; font-weight: 600; }
ul { padding-left: 1.2rem; color: #5b5b66; }
@page { size: A4; margin: 16mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  h2, .when { break-after: avoid; }
  .number, svg rect { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
