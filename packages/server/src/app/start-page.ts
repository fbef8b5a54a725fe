import { escapeHtml, htmlPage } from './html-page.ts';

interface StartPage {
  version: string;
  /** Where clients reach this server. */
  address: string;
  basePath: string;
}

/** Says what runs here and where to go, until the web interface takes its place. */
export function startPage({ version, address, basePath }: StartPage): string {
  const at = escapeHtml(address);
  return htmlPage(
    'Aqueduct',
    `<h1>Aqueduct</h1>
<p class="soft">Version ${escapeHtml(version)} keeps the experiments of this laboratory.</p>
<h2>A first experiment from Python</h2>
<pre><code>from pyaqueduct import API

api = API("${at}/")
experiment = api.create_experiment("Rabi oscillation", "Qubit 3, 20 mK")
experiment.add_tags(["rabi", "qubit-3"])
experiment.upload_file("data.csv")
print(experiment.eid)</code></pre>
<h2>Where to go</h2>
<table>
<tr><td><a href="${basePath}/api/graphql">${basePath}/api/graphql</a></td><td>Try queries in the browser; clients send them here.</td></tr>
<tr><td><a href="${basePath}/api/docs">${basePath}/api/docs</a></td><td>How files are uploaded and downloaded.</td></tr>
<tr><td><a href="${basePath}/ready">${basePath}/ready</a></td><td>Whether the server can work.</td></tr>
</table>
<p class="soft">The files of each experiment lie in a folder named after it, in <code>experiments</code> of the data folder.
This page makes room for the web interface.</p>`,
  );
}
