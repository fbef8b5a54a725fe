import { escapeHtml, htmlPage } from './html-page.ts';
import type { openApi } from './openapi.ts';

interface Operation {
  summary: string;
  description?: string;
  parameters?: readonly { name: string; in: string; description?: string }[];
  responses: Readonly<Record<string, { description: string }>>;
}

/** The OpenAPI document as a page. */
export function docsPage(api: ReturnType<typeof openApi>, basePath: string): string {
  const sections = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Operation>).map(([method, operation]) =>
      section(method, path, operation),
    ),
  );
  return htmlPage(
    'Aqueduct REST API',
    `<h1>Aqueduct REST API</h1><p class="soft">${escapeHtml(api.info.description)}
Also as <a href="${basePath}/api/openapi.json">openapi.json</a>.</p>${sections.join('')}`,
  );
}

function section(
  method: string,
  path: string,
  { summary, description, parameters = [], responses }: Operation,
): string {
  const inputs = parameters.map((p) =>
    row(`${p.name} <span class="soft">(${p.in})</span>`, p.description ?? ''),
  );
  const answers = Object.entries(responses).map(([status, answer]) => row(status, answer.description));
  return `<h2>${escapeHtml(summary)}</h2>
<p><span class="method">${method.toUpperCase()}</span> <code>${escapeHtml(path)}</code></p>
${description ? `<p>${escapeHtml(description)}</p>` : ''}<table>${[...inputs, ...answers].join('')}</table>`;
}

function row(left: string, right: string): string {
  return `<tr><td>${left}</td><td>${escapeHtml(right)}</td></tr>`;
}
