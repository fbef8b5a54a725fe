const { api_token: token, aqueduct_url: url, experiment: eid, source } = process.env;
const base = url.replace(/\/$/, '');
const headers = { authorization: `Bearer ${token}` };

const query = `{ experiment(experimentIdentifier: { type: EID, value: "${eid}" }) { uuid } }`;
const answer = await fetch(`${base}/api/graphql`, {
  method: 'POST',
  headers: { ...headers, 'content-type': 'application/json' },
  body: JSON.stringify({ query }),
});
const { uuid } = (await answer.json()).data.experiment;

const text = await (await fetch(`${base}/api/files/${uuid}/${source}`, { headers })).text();
const form = new FormData();
form.append(
  'file',
  new Blob([
    text
      .split(' ')
      .map((word) => 2 * Number(word))
      .join(' '),
  ]),
);
const uploaded = await fetch(`${base}/api/files/${uuid}`, {
  method: 'POST',
  headers: { ...headers, file_name: 'doubled.txt' },
  body: form,
});
console.log(uploaded.status);
