// The page at /api/graphql that tries queries, from our own bundle instead of a CDN.
import { GraphiQL } from 'graphiql';
import { getOperationAST, parse } from 'graphql';
import { createClient } from 'graphql-sse';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import 'graphiql/graphiql.css';
import './page.css';

const address = location.pathname;

/** @param headers - What stands in the tab "Headers". */
async function fetcher(request, { headers } = {}) {
  // Not tried again by itself: what went wrong is to be seen.
  if (isSubscription(request))
    return createClient({ url: address, headers, retryAttempts: 0 }).iterate(request);
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(request),
  });
  return response.json();
}

/** Read anew: what the editor itself has read comes a little later than what is typed. */
function isSubscription({ query, operationName }) {
  try {
    return getOperationAST(parse(query), operationName)?.operation === 'subscription';
  } catch {
    // The server says what is wrong with it.
    return false;
  }
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
