// The page at /api/graphql that tries queries, from our own bundle instead of a CDN.
import { GraphiQL } from 'graphiql';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import 'graphiql/graphiql.css';
import './page.css';

const address = location.pathname;

async function fetcher(request) {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });
  return response.json();
}

const root = createRoot(document.getElementById('graphiql'));
root.render(createElement(GraphiQL, { fetcher, defaultQuery: exampleQuery() }));

function exampleQuery() {
  return `# The newest experiments
{
  experiments(offset: 0, limit: 10) {
    totalExperimentsCount
    experimentsData { eid title tags createdAt files { name size } }
  }
}
`;
}
