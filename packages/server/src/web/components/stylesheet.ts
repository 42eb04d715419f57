/** The one stylesheet of the plain pages. */

import { createHash } from 'node:crypto'

export const stylesheet = `
:root{color-scheme:light dark;--ground:#f4f6f6;--ground-2:#e6eeed;--sheet:#fff;--ink:#16211f;--quiet:#52635f;--line:#d5dddb;--field:#8a9a96;
--accent:#0f6f67;--accent-2:#0b5a54;--on-accent:#fff;--tint:#eaf4f2;--wrong:#a8241b;--wrong-tint:#fdf0ee;--caution:#6b4a00;--caution-tint:#fff7e0;--caution-line:#d9b04c;
--shadow:0 1px 2px rgb(16 40 36/.06),0 12px 32px -12px rgb(16 40 36/.18)}
@media(prefers-color-scheme:dark){:root{--ground:#0d1413;--ground-2:#122120;--sheet:#16201f;--ink:#e6eeec;--quiet:#a0b2ae;--line:#2b3937;--field:#6f837f;
--accent:#5ec9bd;--accent-2:#86dbd1;--on-accent:#062522;--tint:#142e2b;--wrong:#ff9d93;--wrong-tint:#35191a;--caution:#f1cf7c;--caution-tint:#2b2410;--caution-line:#6d5820;
--shadow:0 1px 2px rgb(0 0 0/.4),0 16px 40px -16px rgb(0 0 0/.7)}}
*{box-sizing:border-box}
html{font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;-webkit-text-size-adjust:100%}
body{margin:0;min-height:100vh;min-height:100dvh;display:flex;flex-direction:column;color:var(--ink);background:var(--ground);
background-image:radial-gradient(60rem 30rem at 50% -12rem,var(--ground-2),transparent)}
header{display:flex;align-items:center;justify-content:center;gap:.6rem;padding:clamp(1.75rem,9vh,6rem) 1rem 1.5rem;color:var(--accent);font-weight:650;letter-spacing:.01em;font-size:1.15rem}
.mark{flex:none}
main{width:100%;max-width:27.5rem;margin:0 auto;padding:2rem 2rem 2.25rem;background:var(--sheet);border:1px solid var(--line);border-radius:14px;box-shadow:var(--shadow)}
main.wide{max-width:34rem}
main>:last-child{margin-bottom:0}
footer{margin:1.25rem auto 2.5rem;padding:0 1rem;max-width:34rem;color:var(--quiet);font-size:.85rem;text-align:center}
h1{margin:0 0 .4rem;font-size:1.45rem;line-height:1.25;font-weight:650;letter-spacing:-.01em;text-wrap:balance}
h2{margin:1.5rem 0 .5rem;font-size:1rem;font-weight:650}
p{margin:0 0 1rem}
.lead{color:var(--quiet);margin-bottom:1.5rem}
.quiet{color:var(--quiet);font-weight:400}
.unseen{position:absolute!important;width:1px!important;height:1px;opacity:0;pointer-events:none}
.other{margin:1.4rem 0 0}
.small{font-size:.875rem}
a{color:var(--accent);text-underline-offset:.2em}
a:hover{color:var(--accent-2)}
form{margin:0}
.field{margin:0 0 1.15rem}
label{display:block;margin-bottom:.3rem;font-weight:600;font-size:.925rem}
.hint{margin:0 0 .4rem;color:var(--quiet);font-size:.85rem}
input:not([type=hidden]){display:block;width:100%;padding:.65rem .8rem;font:inherit;color:var(--ink);background:var(--sheet);border:1px solid var(--field);border-radius:9px}
input.code{font:600 1.25rem/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;letter-spacing:.16em}
input[aria-invalid]{border-color:var(--wrong)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
input:focus-visible{outline-offset:-1px;border-color:var(--accent)}
button{display:inline-block;min-height:2.85rem;padding:.6rem 1.25rem;font:inherit;font-weight:600;border-radius:9px;border:1px solid var(--accent);cursor:pointer}
button.primary{background:var(--accent);color:var(--on-accent)}
button.primary:hover{background:var(--accent-2);border-color:var(--accent-2)}
button.normal{background:transparent;color:var(--accent);border-color:var(--field)}
button.normal:hover{background:var(--tint);border-color:var(--accent)}
.actions{display:flex;flex-wrap:wrap;gap:.75rem;margin-top:1.6rem}
.actions button{flex:1 1 9rem}
.alert,.caution{margin:0 0 1.25rem;padding:.75rem .95rem;border-radius:9px;font-size:.925rem;border:1px solid}
.alert{color:var(--wrong);background:var(--wrong-tint);border-color:currentColor}
.caution{color:var(--caution);background:var(--caution-tint);border-color:var(--caution-line)}
.caution strong{display:block}
.wrong{margin:.4rem 0 0;padding:0;list-style:none;color:var(--wrong);font-size:.875rem}
.facts{margin:0 0 1.25rem;border:1px solid var(--line);border-radius:10px;overflow:hidden}
.facts div{display:grid;grid-template-columns:8.5rem 1fr;gap:.25rem 1rem;padding:.6rem .95rem}
.facts div+div{border-top:1px solid var(--line)}
.facts dt{color:var(--quiet);font-size:.875rem;padding-top:.06rem}
.facts dd{margin:0;overflow-wrap:anywhere}
.tag{display:inline-block;margin-left:.4rem;padding:.05rem .5rem;border-radius:99px;font-size:.75rem;font-weight:600;color:var(--caution);background:var(--caution-tint);border:1px solid var(--caution-line);vertical-align:.1em;white-space:nowrap}
.scopes{margin:0 0 1.25rem;padding:0;list-style:none}
.scopes li{position:relative;padding:.2rem 0 .2rem 1.6rem}
.scopes li::before{content:"";position:absolute;left:.2rem;top:.62rem;width:.7rem;height:.35rem;border:solid var(--accent);border-width:0 0 2px 2px;transform:rotate(-45deg)}
.user-code{margin:0 0 1.25rem;padding:.8rem;border-radius:10px;background:var(--tint);font:650 1.7rem/1.2 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;letter-spacing:.14em;text-align:center}
.qr{display:block;width:13rem;margin:0 auto 1.25rem;padding:.6rem;background:#fff;border-radius:10px;border:1px solid var(--line)}
.qr svg{display:block;width:100%;height:auto}
.secret,.codes{font:600 1rem/1.6 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
.codes{white-space:nowrap;font-size:.95rem;display:grid;grid-template-columns:1fr 1fr;gap:.35rem 1rem;margin:0 0 1.25rem;padding:1rem 1.25rem;list-style:none;background:var(--tint);border-radius:10px;text-align:center}
details{margin:0 0 1.25rem}
details p{margin:.5rem 0 0}
summary{cursor:pointer;color:var(--accent);font-size:.925rem}
.button-link{display:inline-block;min-height:2.85rem;padding:.6rem 1.25rem;border-radius:9px;font-weight:600;text-decoration:none;background:var(--accent);color:var(--on-accent);text-align:center}
.button-link:hover{background:var(--accent-2);color:var(--on-accent)}
.sign.stop{background:var(--caution-tint);color:var(--caution)}
.sign{width:3.2rem;height:3.2rem;margin:0 0 1rem;border-radius:50%;display:grid;place-items:center;background:var(--tint);color:var(--accent)}
@media(max-width:34rem){header{padding:1.75rem 1rem 1.25rem}main{border-width:1px 0;border-radius:0;box-shadow:none;padding:1.5rem 1.15rem 1.75rem}
.facts div{grid-template-columns:1fr}.codes{grid-template-columns:1fr}}
@media(forced-colors:active){button,.button-link{border:1px solid}}
@media print{header,footer,.actions{display:none}main{border:0;box-shadow:none}}
`.trim()

/** Where it is served: its content is in its name, so that it may be kept for ever. */
export const stylesheetPath = `/assets-plain/${createHash('sha256').update(stylesheet).digest('hex').slice(0, 16)}.css`
