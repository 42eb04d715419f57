/** How the report looks: on light and dark screens, on narrow ones, and on paper. */

export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --ink: #16191f; --soft: #545b64; --line: #d5dbdb; --raised: #f4f6f7; --accent: #0b5cad;
  --red: #b0160e; --red-paper: #fdecea; --amber: #7a4a00; --amber-paper: #fff4df; --green: #1b6e2e; --green-paper: #e8f5ea;
  --grey-paper: #eceff1;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #0f141a; --ink: #e9ebed; --soft: #9ba7b6; --line: #33404f; --raised: #171f28; --accent: #7db8ff;
    --red: #ff9b92; --red-paper: #3b1512; --amber: #f7c873; --amber-paper: #38290a; --green: #8fd6a0; --green-paper: #11301a;
    --grey-paper: #26313d;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 84rem; padding: 2rem 1.5rem 4rem; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .25rem; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 .75rem; }
p { margin: .25rem 0 .75rem; max-width: 70ch; }
.soft { color: var(--soft); }
code { font: .9em ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .75rem; margin: 1.5rem 0; padding: 0; }
.figures div { background: var(--raised); border: 1px solid var(--line); border-radius: .6rem; padding: .75rem 1rem; }
.figures dt { color: var(--soft); font-size: .85rem; }
.figures dd { margin: 0; font-size: 1.6rem; font-weight: 650; font-variant-numeric: tabular-nums; }
.figures .bad dd { color: var(--red); }
.alarm { background: var(--red-paper); border: 1px solid var(--red); border-left-width: .4rem; border-radius: .6rem; padding: .75rem 1rem; margin: 1.5rem 0; }
.alarm h2 { color: var(--red); margin: 0 0 .25rem; }
.alarm ul { margin: .25rem 0; padding-left: 1.2rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .5rem .6rem; border-bottom: 1px solid var(--line); overflow-wrap: break-word; }
thead th { position: sticky; top: 0; background: var(--paper); color: var(--soft); font-size: .8rem; font-weight: 600; white-space: nowrap; }
th button { all: unset; cursor: pointer; border-radius: .2rem; }
th button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
th button::after { content: " \\2195"; color: var(--soft); }
th[aria-sort=ascending] button::after { content: " \\2191"; color: var(--accent); }
th[aria-sort=descending] button::after { content: " \\2193"; color: var(--accent); }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.key, .fixed { white-space: nowrap; }
.name { overflow-wrap: anywhere; min-width: 9rem; }
.why { min-width: 16rem; }
tbody tr:hover { background: var(--raised); }
.tag { display: inline-block; border-radius: .9rem; padding: .05rem .6rem; font-size: .82rem; font-weight: 600; white-space: nowrap; background: var(--grey-paper); }
.tag.red { background: var(--red-paper); color: var(--red); }
.tag.amber { background: var(--amber-paper); color: var(--amber); }
.tag.green { background: var(--green-paper); color: var(--green); }
ol.order { padding-left: 1.4rem; } ol.order li { margin: .35rem 0; max-width: 80ch; }
details { border: 1px solid var(--line); border-radius: .5rem; margin: .4rem 0; padding: .4rem .8rem; }
summary { cursor: pointer; overflow-wrap: anywhere; }
summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: .3rem; }
details table { margin: .5rem 0; }
@media (max-width: 52rem) {
  body { padding: 1.25rem .9rem 3rem; }
  thead { position: absolute; display: block; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  table, tbody, tr, td { display: block; width: 100%; }
  tr { border: 1px solid var(--line); border-radius: .6rem; margin: .75rem 0; padding: .4rem .2rem; }
  td { border: 0; display: grid; grid-template-columns: 7.5rem 1fr; gap: .5rem; padding: .25rem .6rem; text-align: left !important; }
  td::before { content: attr(data-label); color: var(--soft); font-size: .85rem; }
  td:empty { display: none; }
  .name, .why { min-width: 0; max-width: none; overflow-wrap: anywhere; } .key, .fixed { white-space: normal; }
}
@media print {
  :root { --paper: #fff; --ink: #000; --soft: #444; --line: #bbb; --raised: #fff; --red: #900; --amber: #640; --green: #053; }
  body { font-size: 9.5pt; max-width: none; padding: 0; }
  thead { display: table-header-group; } thead th { position: static; }
  th button::after { content: "" !important; }
  tr, .figures div, .alarm { break-inside: avoid; }
  .tag { border: 1px solid currentColor; background: none !important; }
}
`

/** Sorts a table by a column; everything is readable without it. */
export const SCRIPT = `
for (const button of document.querySelectorAll('th button')) button.addEventListener('click', () => {
  const head = button.closest('th'), table = head.closest('table'), body = table.tBodies[0];
  const index = head.cellIndex, down = head.getAttribute('aria-sort') === 'ascending';
  for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort');
  head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
  const value = (row) => row.cells[index].dataset.value ?? row.cells[index].textContent;
  const rows = [...body.rows].sort((a, b) => value(a).localeCompare(value(b), undefined, { numeric: true }));
  body.append(...(down ? rows.reverse() : rows));
});
`
