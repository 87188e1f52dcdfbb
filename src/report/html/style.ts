const PERCENT = 100;
/** Decibans that fill the bar of a weight: three hundred times likelier. */
export const FULL_BAR = 25;

/** A bar for each whole number of decibans: a style attribute would need a policy that lets anybody's style in. */
const BARS = Array.from(
  { length: FULL_BAR + 1 },
  (_, n) => `.w${n}:after{width:${(PERCENT * n) / FULL_BAR}%}`,
).join('');

/**
 * The one style of the page. Colours are variables, once for light and once for dark; every text reaches the contrast
 * of WCAG AA on its background. On paper it is light, and everything lies open.
 */
export const STYLE = `
:root{color-scheme:light dark;--bg:#f6f7f9;--card:#fff;--ink:#1a2230;--dim:#566071;--line:#dde2ea;--accent:#1d5fbf;
--idle:#1d63c4;--backend:#b45309;--keepalive:#0f766e;--client:#7c3aed;--lb:#4263a8;--middle:#be185d;--health:#5b6b7f;--open:#6b7280;
--bad:#b42318;--badbg:#fdecea;--good:#17693c;--goodbg:#e6f4ec;--warn:#8a5200;--warnbg:#fdf3df;--quiet:#eef1f5}
@media screen and (prefers-color-scheme:dark){:root{--bg:#10151d;--card:#18202b;--ink:#e6eaf0;--dim:#a3aebd;--line:#2c3745;--accent:#7db2ff;
--idle:#6aa8ff;--backend:#f2a95c;--keepalive:#4fd0bf;--client:#b79bff;--lb:#9db9f2;--middle:#ff8fb9;--health:#9fb0c4;--open:#9aa5b4;
--bad:#ff9d92;--badbg:#43201f;--good:#7fdcab;--goodbg:#15352a;--warn:#f5c26b;--warnbg:#3a2d14;--quiet:#232d3a}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;scroll-padding-top:1rem}
body{margin:0 auto;max-width:1200px;padding:2rem 1.25rem 4rem;background:var(--bg);color:var(--ink);font:15px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
a{color:var(--accent)}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}
.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:1rem;background:var(--card);padding:.5rem 1rem;z-index:1}
h1{font-size:2rem;line-height:1.2;margin:.1rem 0 .4rem;letter-spacing:-.02em}
h2{font-size:1.2rem;line-height:1.35;margin:2.2rem 0 .7rem;letter-spacing:-.01em}
h3{font-size:.8rem;text-transform:uppercase;letter-spacing:.06em;color:var(--dim);margin:1.2rem 0 .35rem}
p{margin:.35rem 0}
.tool{color:var(--dim);margin:0;font-size:.85rem}
.lead{font-size:1.1rem;color:var(--dim);max-width:52rem}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,260px),1fr));gap:1rem;margin-top:1.5rem}
.card,.group,.warnings,.policy{background:var(--card);border:1px solid var(--line);border-radius:12px}
.card{padding:1rem 1.2rem}
.card h3{margin-top:0}
.file{font-weight:600;margin:0 0 .5rem}
dl{margin:0}
dl div{display:grid;grid-template-columns:7rem 1fr;gap:.5rem}
dt{color:var(--dim)}
dd{margin:0}
.warnings{grid-column:1/-1;margin:0;padding:.7rem 1rem .7rem 2.1rem;color:var(--warn);background:var(--warnbg);border-color:transparent}
.scroll{overflow-x:auto;margin:0;border-radius:12px;background:var(--card);border:1px solid var(--line)}
svg{display:block;width:100%;height:auto;font-size:13px}
svg text{fill:var(--ink)}
.e{text-anchor:end}
.m{text-anchor:middle}
.timeline,.histogram{min-width:640px;padding:.5rem}
.span{fill:var(--quiet);stroke:var(--line)}
.tick path{stroke:var(--line);stroke-dasharray:2 4}
.tick text,.histogram .m,.timeline .e{fill:var(--dim);font-size:12px}
.over{paint-order:stroke;stroke:var(--card);stroke-width:4px}
.axis{stroke:var(--line)}
.timeout path{stroke:var(--bad);stroke-width:2;stroke-dasharray:5 4}
.timeout text{fill:var(--bad);font-weight:600;font-size:12px}
.key{color:var(--dim);font-size:.88rem}
.key .verdict{margin-right:1.2rem;font-weight:400}
.t-lb-idle-timeout{--tone:var(--idle)}.t-backend-originated{--tone:var(--backend)}.t-keepalive-failure{--tone:var(--keepalive)}
.t-client-originated{--tone:var(--client)}.t-lb-other{--tone:var(--lb)}.t-middlebox-injected{--tone:var(--middle)}
.t-health-check{--tone:var(--health)}.t-undetermined{--tone:var(--open)}.t-drop{--tone:var(--bad)}
circle[class^=t-],rect[class^=t-]{fill:var(--tone)}
.timeline circle{stroke:var(--card)}
.verdict{white-space:nowrap;font-weight:600}
.verdict i{display:inline-block;width:.65em;height:.65em;border-radius:50%;background:var(--tone);margin-right:.45em}
.chip{display:inline-block;padding:.05rem .6rem;border-radius:1rem;background:var(--quiet);color:var(--dim);font-size:.82rem;font-weight:600;white-space:nowrap}
.chip.p-violates{background:var(--badbg);color:var(--bad)}
.chip.p-conforms{background:var(--goodbg);color:var(--good)}
.chip.p-inconclusive{background:var(--warnbg);color:var(--warn)}
.tools{display:flex;gap:1rem;align-items:center;justify-content:space-between;color:var(--dim);flex-wrap:wrap}
.tools[hidden]{display:none}
input{font:inherit;color:inherit;background:var(--card);border:1px solid var(--dim);border-radius:8px;padding:.3rem .7rem;width:17rem;max-width:100%}
table{border-collapse:collapse;width:100%;font-size:.88rem;overflow-wrap:normal}
th,td{text-align:left;padding:.45rem .65rem;border-bottom:1px solid var(--line);white-space:nowrap}
thead th{color:var(--dim);font-size:.8rem;font-weight:600}
tbody tr:last-child>*{border-bottom:0}
tbody tr:hover{background:var(--quiet)}
th button{all:unset;cursor:pointer;padding:.1rem 0}
th button:focus-visible{outline:2px solid var(--accent)}
th[aria-sort=ascending] button:after{content:" ↑"}
th[aria-sort=descending] button:after{content:" ↓"}
.a,code,.frames,pre{font-family:ui-monospace,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace;font-size:.92em}
.n{text-align:right}
.group{padding:1.2rem 1.4rem;margin-top:1.4rem}
.group>h2{margin:0 0 .3rem;display:flex;flex-wrap:wrap;gap:.5rem;align-items:center}
.times{color:var(--dim)}
.facts{color:var(--dim)}
.policy{padding:.9rem 1.1rem;margin:1rem 0;background:var(--quiet);border-color:transparent}
.policy h3{margin-top:0}
.policy.p-violates{background:var(--badbg)}
.policy.p-violates h3{color:var(--bad)}
.policy ul{margin:.6rem 0 0;padding-left:1.2rem}
.policy dt,.policy h3{color:var(--ink);opacity:1}
.remedies{padding-left:1.2rem;margin:.3rem 0}
pre{background:var(--quiet);padding:.5rem .8rem;border-radius:8px;overflow-x:auto;margin:.35rem 0;white-space:pre-wrap}
details{border-top:1px solid var(--line);margin:0 -1.4rem;padding:0 1.4rem}
details:first-of-type{margin-top:1.2rem}
summary{cursor:pointer;padding:.65rem 0}
summary time{color:var(--dim);float:right}
.member{padding-bottom:1.2rem}
figure{margin:.3rem 0 0}
figcaption{color:var(--dim);font-size:.84rem;margin:.4rem 0 0}
.ladder{min-width:560px;max-width:760px;margin:0 auto;padding:.4rem}
.lane{stroke:var(--line);stroke-width:2}
.parts{position:absolute;width:0;height:0}
.s{--way:var(--dim)}
.s.r{--way:var(--bad)}
.s.l{--way:var(--warn)}
.s.u{stroke-dasharray:4 3}
use{stroke:var(--way);stroke-width:1.5;fill:none}
.r use{stroke-width:2.5}
.made{fill:var(--way);stroke:none}
.x{stroke-width:2.5;stroke-dasharray:none}
.s.r text{fill:var(--bad);font-weight:600}
.s.l text{fill:var(--warn)}
.s .xt,.s .xc{text-anchor:end}
.s .xl,.s .xr{text-anchor:middle}
.xt{transform:translate(88px,4px)}.s .xt{fill:var(--dim)}
.xc{transform:translate(152px,4px)}
.xs{transform:translate(508px,4px)}
.xl{transform:translate(245px,-5px)}
.xr{transform:translate(415px,-5px)}
.hide{fill:var(--card);stroke:none}
.g{--way:var(--accent)}
.xm{transform:translate(330px,5px)}.s .xm,.g .xm,.h .xm{text-anchor:middle}
.g text{font-weight:700;font-size:16px;fill:var(--accent)}
.h text{fill:var(--dim);font-style:italic;font-size:12px}
.ladder>text{fill:var(--dim);font-size:12px}
.evidence,.alternatives{list-style:none;padding:0;margin:.2rem 0}
.evidence li{padding:.25rem 0 .25rem 1.5rem;position:relative}
.evidence li>b:first-child{position:absolute;left:.2rem}
.supports>b{color:var(--good)}
.contradicts>b{color:var(--bad)}
.neutral>b{color:var(--dim)}
.alternatives{color:var(--dim)}
.frames,.weight{color:var(--dim)}
.weight{white-space:nowrap;font-size:.84rem;margin-left:.6rem}
.weight i{display:inline-block;width:50px;height:6px;margin-right:.4rem;vertical-align:middle;background:var(--quiet);border-radius:3px;overflow:hidden}
.weight i:after{content:"";display:block;height:6px;background:var(--good)}
.contradicts .weight i:after{background:var(--bad)}
${BARS}
.filter{display:grid;grid-template-columns:7rem 1fr;gap:.5rem;align-items:baseline}
.filter span{color:var(--dim)}
.filter code{background:var(--quiet);padding:.3rem .6rem;border-radius:8px}
.filter button,.copy{font:inherit;font-size:.8rem;color:var(--accent);background:none;border:1px solid var(--line);border-radius:8px;cursor:pointer;padding:.1rem .6rem;margin-left:.5rem}
@media(max-width:600px){body{padding:1.2rem .8rem 3rem}h1{font-size:1.6rem}.group{padding:1rem}details{margin:0 -1rem;padding:0 1rem}dl div,.filter{grid-template-columns:6.6rem 1fr}.timeline text,.histogram text,.tick text,.histogram .m,.timeline .e,.timeout text{font-size:19px}summary time{float:none;display:block}}
@media print{body{max-width:none;padding:0;background:#fff;font-size:11px}.skip,.tools,.copy{display:none}.scroll{overflow:visible;border:0}details::details-content{content-visibility:visible;block-size:auto}.group,figure,tr{break-inside:avoid-page}.group{border:0;border-top:2px solid var(--line);border-radius:0;padding:.6rem 0}}
@media(prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
`;
