'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { setTimeout: sleep } = require('node:timers/promises');
const { Client } = require('@opensearch-project/opensearch');
const { FeedBackend } = require('./feed-backend.js');

// A cluster with a feed that is set up and has the users u1 to u20, as ClientExamplesIT makes it.
const client = new Client({ node: process.env.RALM_URL });
const feed = process.env.RALM_FEED;
const backend = new FeedBackend(client, { feed, candidates: feed, clicks: `${feed}-clicks` });

const readers = (candidate, first, last) =>
  Array.from({ length: last - first + 1 }, (_, i) => ({ candidate, user: `u${first + i}` }));

async function pageOf(user, size) {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const page = await backend.page(user, size);
    if (page.length === size || Date.now() > deadline) {
      return page;
    }
    await sleep(200);
  }
}

test('a page is made of what users clicked, and logged', async () => {
  const candidates = [{ id: 'a1', title: 'One' }, { id: 'a2', title: 'Two' }, { id: 'a1', title: 'One again' }];
  assert.deepEqual(await backend.putCandidates(candidates), []);

  const clicks = [...readers('a1', 1, 5), ...readers('a2', 6, 9)];
  assert.deepEqual(await backend.sendClicks(clicks), []);
  const [reason] = await backend.sendClicks([{ candidate: 'a1' }]);
  assert.match(reason, /\[user\]/);

  const page = await pageOf('u1', 2);
  assert.deepEqual(page.map(({ id }) => id).sort(), ['a1', 'a2']);
  for (const { id, source, features } of page) {
    assert.equal(features.seed_count, id === 'a1' ? 5 : 4);
    assert.equal(features.state, 'warm');
    assert.match(source.title, /One|Two/);
  }

  assert.deepEqual(await backend.logImpressions('u1', page, ['a1']), []);
  await client.indices.refresh({ index: 'ralm-impressions-*' });
  const body = { query: { bool: { filter: [{ match_phrase: { feed } }, { term: { clicked: true } }] } } };
  const logged = await client.search({ index: 'ralm-impressions-*', body });
  assert.equal(logged.body.hits.hits.length, 1);
  const { _source: impression } = logged.body.hits.hits[0];
  assert.equal(impression.candidate, 'a1');
  assert.equal(impression.position, page.findIndex(({ id }) => id === 'a1') + 1);
  assert.equal(impression.clicks_24h, 5);
});

test('a candidate whose clicks nobody has counted is logged, too', async () => {
  const [{ features }] = await pageOf('u1', 2);
  const beside = { id: 'a2', source: { title: 'Two', ralm_2: { clicks_24h: 4 } }, features };
  const uncounted = { id: 'a3', source: { title: 'Three' }, features };
  assert.deepEqual(await backend.logImpressions('u-uncounted', [beside, uncounted], []), []);
  await client.indices.refresh({ index: 'ralm-impressions-*' });
  const body = { query: { match_phrase: { user: 'u-uncounted' } }, sort: 'position' };
  const logged = await client.search({ index: 'ralm-impressions-*', body });
  assert.deepEqual(logged.body.hits.hits.map(({ _source }) => _source.clicks_24h), [4, undefined]);
});

test('a user nobody knows has a page, too', async () => {
  assert.equal((await pageOf('nobody', 2)).length, 2);
});

test('rejected clicks are sent again', async () => {
  const limitMemory = (limit) =>
    client.cluster.putSettings({ body: { persistent: { 'breaker.ralm.limit': limit } } });
  let bulks = 0;
  client.on('request', (_, { meta }) => {
    if (meta.request.params.path.endsWith('/_bulk') && ++bulks === 2) {
      limitMemory(null);
    }
  });
  await limitMemory('0b');
  assert.deepEqual(await backend.sendClicks([{ candidate: 'a2', user: 'u10' }]), []);
  assert.ok(bulks > 1);
});

test('what the cluster refuses is told', async () => {
  await assert.rejects(new FeedBackend(client, { feed: 'none', candidates: feed }).page('u1'), { statusCode: 404 });
});
