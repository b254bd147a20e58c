/** What Dashboards' reader has set as filters: nothing. */
const CONTEXT = {
  '%dashboard_context-must_clause%': [],
  '%dashboard_context-filter_clause%': [{ match_all: {} }],
  '%dashboard_context-must_not_clause%': [],
};

const UNITS = { s: 1e3, m: 60e3, h: 3600e3, d: 86400e3 };

/** A moment such as `now` or `now-24h`, in milliseconds. */
export function moment(text, now) {
  const [, count, unit] = /^now(?:-(\d+)([smhd]))?$/.exec(text) ?? fail(`expected now or now-24h, got ${text}`);
  return count ? now - count * UNITS[unit] : now;
}

/**
 * Asks the cluster for the data of a specification, as Dashboards does: each `data.url` that is an object becomes the
 * answer to its search.
 *
 * @param {{from: number, to: number}} range milliseconds
 */
export async function resolveData(spec, cluster, range) {
  for (const data of dataOf(spec)) {
    const { index, body } = data.url;
    delete data.url;
    data.values = await search(cluster, index, { ...body, query: substitute(body.query, range) });
  }
}

function dataOf(part, name) {
  if (Array.isArray(part)) {
    return part.flatMap((element) => dataOf(element, name));
  }
  if (part === null || typeof part !== 'object') {
    return [];
  }
  if (name === 'data' && typeof part.url === 'object') {
    return [part];
  }
  return Object.entries(part).flatMap(([member, value]) => dataOf(value, member));
}

/** A query with the reader's filters and time range in place of their names. */
function substitute(query, { from, to }) {
  if (Array.isArray(query)) {
    return query.flatMap((clause) => CONTEXT[clause] ?? [substitute(clause, { from, to })]);
  }
  if (query === null || typeof query !== 'object') {
    return query;
  }
  if (query['%timefilter%'] === true) {
    return {
      gte: new Date(from).toISOString(),
      lte: new Date(to).toISOString(),
      format: 'strict_date_optional_time',
    };
  }
  return Object.fromEntries(
    Object.entries(query).map(([member, value]) => [member, substitute(value, { from, to })])
  );
}

/** Signs in as `ralm publish` does. */
function headers(credentials = process.env.RALM_CREDENTIALS) {
  const json = { 'Content-Type': 'application/json' };
  return credentials ? { ...json, Authorization: `Basic ${Buffer.from(credentials).toString('base64')}` } : json;
}

async function search(cluster, index, body) {
  const response = await fetch(new URL(`/${index}/_search`, cluster), {
    method: 'POST',
    headers: headers(),
    body: JSON.stringify(body),
  }).catch((error) => fail(`${cluster} does not answer: ${error.cause?.message ?? error.message}`));
  const text = await response.text();
  const refuse = () => fail(`${index} answered ${response.status} to ${JSON.stringify(body)}: ${text}`);
  // What refuses to answer, a proxy in front perhaps, may not speak JSON.
  const answer = response.ok ? JSON.parse(text) : refuse();
  return answer._shards.failed > 0 ? refuse() : answer;
}

function fail(message) {
  throw new Error(message);
}
