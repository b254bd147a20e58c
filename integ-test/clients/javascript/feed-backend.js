'use strict';

const { setTimeout: sleep } = require('node:timers/promises');

const ATTEMPTS = 8;
const FIRST_WAIT_MILLIS = 100;
const CONFLICT = 409;
const TOO_MANY_REQUESTS = 429;

/** What the backend of a feed asks of a cluster: which candidates a user is shown, and to learn from what came of it. */
class FeedBackend {
  #client;
  #feed;
  #candidates;
  #clicks;

  /**
   * @param client of `@opensearch-project/opensearch`
   * @param feed as it was defined by `PUT _plugins/_ralm/feeds/{feed}`, with its candidates and its clicks index
   */
  constructor(client, { feed, candidates, clicks }) {
    this.#client = client;
    this.#feed = feed;
    this.#candidates = candidates;
    this.#clicks = clicks;
  }

  /**
   * Writes candidates, `[{ id, ...document }]`. One that somebody else wrote in between, or that comes twice, is sent
   * again. Resolves to the reasons of documents that were refused.
   */
  putCandidates(candidates) {
    const writes = candidates.map(({ id, ...document }) => [{ index: { _id: id } }, document]);
    return this.#write(this.#candidates, writes);
  }

  /**
   * Sends clicks, `[{ candidate, user }]`. A click sent twice counts once, so a bulk of which nothing is known may be sent
   * again. Resolves to the reasons of clicks that were refused.
   */
  sendClicks(clicks) {
    const time = new Date().toISOString();
    return this.#write(this.#clicks, clicks.map((click) => [{ index: {} }, { time, ...click }]));
  }

  /**
   * The candidates that suit a user best, `[{ id, source, features }]`. A user nobody knows yet is taken for the mean of
   * all users, which is in every model that `ralm train` makes; where a model has none the cluster refuses, and
   * `missing_user: 'empty'` with a page of the most popular instead is the way.
   */
  async page(user, size = 10) {
    const body = {
      size,
      query: { ralm_score: { feed: this.#feed, user_id: user, missing_user: 'global' } },
      // A feed's blocks are in one of the two, by turns, as its models change.
      _source: ['title', 'ralm.clicks_24h', 'ralm_2.clicks_24h'],
      ext: { ralm_log: {} },
    };
    const answer = await this.#patiently(() => this.#client.search({ index: this.#candidates, body }));
    // The only ralm_score of the request is the first of the log.
    return answer.body.hits.hits.map(({ _id, _source, fields }) => ({
      id: _id,
      source: _source,
      features: fields.ralm_log[0],
    }));
  }

  /**
   * Keeps what a page was made of and what came of it, for rankers to learn from and dashboards to show. `clicked` are the
   * ids of those that the user clicked. Resolves to the reasons of documents that were refused.
   */
  logImpressions(user, page, clicked) {
    const now = new Date().toISOString();
    const writes = page.map(({ id, source, features }, place) => [
      { index: {} },
      {
        '@timestamp': now,
        feed: this.#feed,
        candidate: id,
        user,
        position: place + 1,
        model: features.model,
        score: features.raw,
        probability: features.probability,
        global_cosine: features.global,
        local_cosine: features.local,
        seed_count: features.seed_count,
        state: features.state,
        // Not there before the first refresh, nor while nobody has clicked it.
        clicks_24h: (source.ralm ?? source.ralm_2)?.clicks_24h,
        clicked: clicked.includes(id),
      },
    ]);
    return this.#write(`ralm-impressions-${now.slice(0, 7).replace('-', '.')}`, writes);
  }

  /** Those rejected for load or by a conflict are sent again, and only those. */
  async #write(index, writes) {
    const refused = [];
    let left = writes;
    for (let attempt = 1; left.length > 0; attempt++) {
      const sent = left;
      const { body } = await this.#patiently(() => this.#client.bulk({ index, body: sent.flat() }));
      const results = body.items.map((item) => item.index);
      const again = ({ status }) => status === TOO_MANY_REQUESTS || status === CONFLICT;
      results.filter((item) => item.error && !again(item)).forEach((item) => refused.push(item.error.reason));
      left = sent.filter((_, i) => again(results[i]));
      if (left.length > 0) {
        await waitAfter(attempt, new Error(`${left.length} documents for [${index}] were rejected`));
      }
    }
    return refused;
  }

  async #patiently(request) {
    for (let attempt = 1; ; attempt++) {
      try {
        return await request();
      } catch (failure) {
        if (failure.statusCode !== TOO_MANY_REQUESTS) {
          throw failure;
        }
        await waitAfter(attempt, failure);
      }
    }
  }
}

/** Twice as long each time, and at random up to twice that, so that clients rejected together do not come back together. */
async function waitAfter(attempt, failure) {
  if (attempt === ATTEMPTS) {
    throw failure;
  }
  const millis = FIRST_WAIT_MILLIS * 2 ** (attempt - 1);
  await sleep(millis + Math.random() * millis);
}

module.exports = { FeedBackend };
